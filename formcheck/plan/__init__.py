"""The training rule: sessions and answers in, a plan out. Pure; rules are data, and nothing is kept here."""

from formcheck.plan.evidence import done_of
from formcheck.plan.plan import plan_on
from formcheck.plan.rules import PlanRules, is_held, rules

__all__ = ["PlanRules", "done_of", "is_held", "plan_on", "rules"]
