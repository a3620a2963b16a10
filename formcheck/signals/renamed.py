"""Signals that had another name before, for exercise files that still use it."""

#: The name before 0.8, and the one now, with its role where that is the same for all.
RENAMED = {
    "arms_lowered": "upper_arm_lowered.both",
    "arms_raised": "upper_arm_angle.both",
    "elbows_bend": "elbow_flexion.both",
    "front_knee": "knee_flexion.lead",
    "front_shin_lean": "shin_lean.lead",
    "hands_height": "hand_rise.both",
    "hips_bend": "hip_bend.both",
    "jumping_knee_valgus": "frontal_plane_projection_angle.support",
    "knee_in": "frontal_plane_projection_angle",
    "knee_valgus": "worse_frontal_plane_projection_angle",
    "knees_bend": "knee_flexion.both",
    "over_foot": "trunk_over_foot.support",
    "planted_hip_extension": "thigh_extension.lower",
    "planted_shank_tilt": "shank_tilt.lower",
    "rear_knee": "knee_flexion.rear",
    "standing_knee": "knee_flexion.stance",
    "standing_knee_inward": "knee_inward.support_square",
    "standing_knee_valgus": "frontal_plane_projection_angle.support_square",
    "weight_over_foot": "trunk_over_foot.stance",
}
