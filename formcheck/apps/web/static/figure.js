// The body as lines over the picture: blue where all is well, thick orange with rings where a fault holds.

const SHOWN = 0.5;
const HIDDEN = 0.2;
const INK = "#10161c";
const PAPER = "#f8f8f4";

/** Draws [x, y, visibility] points, in pixels of the picture, over it. */
export function drawBody(canvas, body, faults, figure) {
  if (canvas.width !== body.width || canvas.height !== body.height) {
    canvas.width = body.width;
    canvas.height = body.height;
  }
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  if (body.points) new Drawing(pen, body, faults, figure).all();
}

class Drawing {
  constructor(pen, body, faults, { bones, joints, colours }) {
    Object.assign(this, { pen, points: body.points, bones, joints, colours });
    this.unit = Math.min(body.height, 1.5 * body.width) / 100;
    this.marked = new Map();
    for (const level of ["warn", "error"]) {
      for (const fault of faults) if (fault.level === level) fault.joints.forEach((j) => this.marked.set(j, level));
    }
  }

  all() {
    const { pen, unit, colours, marked } = this;
    pen.lineCap = pen.lineJoin = "round";
    const thin = Math.max(2, 0.75 * unit);
    const seen = ([a, b]) => Math.min(this.points[a][2], this.points[b][2]);
    const firm = this.bones.filter((bone) => seen(bone) >= SHOWN);
    this.lines(this.bones.filter((bone) => seen(bone) >= HIDDEN && seen(bone) < SHOWN), colours.faint, thin / 2);
    this.lines(firm, INK, thin + 2);
    this.lines(firm, colours.good, thin);
    for (const level of ["warn", "error"]) {
      const wrong = firm.filter(([a, b]) => marked.get(a) === level && marked.get(b) === level);
      this.lines(wrong, INK, 2 * thin + 3);
      this.lines(wrong, colours[level], 2 * thin + 1);
    }
    for (const j of this.joints) if (this.points[j][2] >= SHOWN && !marked.has(j)) this.dot(j, thin);
    for (const [j, level] of marked) if (this.points[j][2] >= SHOWN) this.ring(j, colours[level], 2.2 * unit, thin);
  }

  lines(bones, colour, width) {
    const { pen, points } = this;
    pen.beginPath();
    for (const [a, b] of bones) {
      pen.moveTo(points[a][0], points[a][1]);
      pen.lineTo(points[b][0], points[b][1]);
    }
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }

  circle(j, radius) {
    this.pen.beginPath();
    this.pen.arc(this.points[j][0], this.points[j][1], radius, 0, 2 * Math.PI);
  }

  dot(j, radius) {
    this.circle(j, radius + 1);
    this.pen.fillStyle = INK;
    this.pen.fill();
    this.circle(j, radius);
    this.pen.fillStyle = PAPER;
    this.pen.fill();
  }

  ring(j, colour, radius, width) {
    this.circle(j, radius);
    for (const [tone, more] of [[INK, 3], [colour, 1]]) {
      this.pen.strokeStyle = tone;
      this.pen.lineWidth = width + more;
      this.pen.stroke();
    }
    this.dot(j, Math.max(2, width));
  }
}
