"""The five people of every training post. Their passwords are public, so a real post never has them."""

from dataclasses import dataclass

from workstation.post.access import Role


@dataclass(frozen=True, slots=True)
class TrainingPerson:
    login: str
    name: str
    role: Role
    password: str


TRAINING_PEOPLE = (
    TrainingPerson("officer", "Omar Officer", Role.OFFICER, "training-counter"),
    TrainingPerson("second", "Sana Secondline", Role.SECOND_LINE, "training-second-line"),
    TrainingPerson("supervisor", "Sofia Supervisor", Role.SUPERVISOR, "training-supervision"),
    TrainingPerson("admin", "Adil Administrator", Role.ADMINISTRATOR, "training-records"),
    TrainingPerson("auditor", "Aya Auditor", Role.AUDITOR, "training-log-book"),
)


def password_of(login: str) -> str | None:
    """The public password of a training login, or None."""
    return next((each.password for each in TRAINING_PEOPLE if each.login == login), None)
