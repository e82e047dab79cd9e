"""Roles and answers as a person reads them."""

from PySide6.QtCore import QCoreApplication

from workstation.post.access import Role
from workstation.screening.screening import Answer


def role_words(role: Role) -> str:
    words = {
        Role.OFFICER: QCoreApplication.translate("Role", "Officer"),
        Role.SECOND_LINE: QCoreApplication.translate("Role", "Second-line officer"),
        Role.SUPERVISOR: QCoreApplication.translate("Role", "Supervisor"),
        Role.ADMINISTRATOR: QCoreApplication.translate("Role", "Watchlist administrator"),
        Role.AUDITOR: QCoreApplication.translate("Role", "Auditor"),
    }
    return words[role]


def answer_words(answer: Answer) -> str:
    words = {
        Answer.NO_LEAD: QCoreApplication.translate("Answer", "No lead"),
        Answer.LOOK_AGAIN: QCoreApplication.translate("Answer", "Look again"),
        Answer.REFER: QCoreApplication.translate("Answer", "Refer"),
    }
    return words[answer]
