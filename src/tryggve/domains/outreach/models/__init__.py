from tryggve.domains.outreach.models.feedback import Feedback, FeedbackStep
from tryggve.domains.outreach.models.mailings import Addressee, Mailing
from tryggve.domains.outreach.models.quarters import QuarterlyWord

__all__ = ["Addressee", "Feedback", "FeedbackStep", "Mailing", "QuarterlyWord"]
