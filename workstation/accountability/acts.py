"""Every act that the log can tell, in one place: a new one gets its words in `ui.words.log`, or nothing is typed right."""

from enum import StrEnum


class Deed(StrEnum):
    """What an entry of the log says was done. The values stand in every log ever written and never change."""

    POST_MADE = "post.made"
    PERSON_ADDED = "person.added"
    PERSON_LET_GO = "person.let.go"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - the name of an act
    PASSWORD_RESET = "password.reset"  # noqa: S105 - the same
    ROLE_CHANGED = "role.changed"
    LOGIN_UNLOCKED = "login.unlocked"
    SIGNED_IN = "signed.in"
    SIGN_IN_REFUSED = "sign.in.refused"
    SIGNED_OUT = "signed.out"
    PEOPLE_READ = "people.read"
    SCREENED = "screened"
    LOOKED_UP = "looked.up"
    LOOKED_AT = "looked.at"
    PAGE_READ = "page.read"
    CHIP_READ = "chip.read"
    PORTRAIT_COMPARED = "portrait.compared"
    COMPANIONS_READ = "companions.read"
    DOCUMENT_DISOWNED = "document.disowned"
    LAST_TRAVELLERS_READ = "last.travellers.read"
    SCREENING_REOPENED = "screening.reopened"
    SCREENING_CLOSED = "screening.closed"
    RECEIPT_READ = "receipt.read"
    ALERTS_READ = "alerts.read"
    ALERT_OPENED = "alert.opened"
    ALERT_TAKEN = "alert.taken"
    ALERT_GIVEN_BACK = "alert.given.back"
    DAY_READ = "day.read"
    VERDICT_GIVEN = "verdict.given"
    INVESTIGATED = "investigated"
    LIST_ADDED = "list.added"
    LISTS_READ = "lists.read"
    RECORDS_FOUND = "records.found"
    RECORDS_COMPARED = "records.compared"
    RECORD_READ = "record.read"
    RECORD_ADDED = "record.added"
    RECORD_AMENDED = "record.amended"
    RECORD_WITHDRAWN = "record.withdrawn"
    RECORDS_DUE_READ = "records.due.read"
    RECORDS_IMPORTED = "records.imported"
    RECORDS_EXPORTED = "records.exported"
    EXPORT_FAILED = "export.failed"
    PHOTO_CHECKED = "photo.checked"
    PORTRAIT_ADDED = "portrait.added"
    PORTRAIT_REMOVED = "portrait.removed"
    PORTRAIT_SET_FIRST = "portrait.set.first"
    TEMPLATES_RENEWED = "templates.renewed"
    SETTINGS_CHANGED = "settings.changed"
    OPERATING_READ = "operating.read"
    BUDGET_FORECAST = "budget.forecast"
    BUDGET_ASKED = "budget.asked"
    BUDGET_CONFIRMED = "budget.confirmed"
    BUDGET_TURNED_DOWN = "budget.turned.down"
    THRESHOLD_CHANGED = "threshold.changed"
    CALIBRATION_TAKEN = "calibration.taken"
    SEARCH_TESTED = "search.tested"
    IN_FORCE_CHANGED = "in.force.changed"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUDIT_EXPORTED = "audit.exported"
    FAULT_FOUND = "fault.found"
    ANSWERED_FOR = "fault.answered.for"
    LOSS_ACCEPTED = "loss.accepted"
    ACT_REFUSED = "act.refused"
    ROWS_WRITTEN = "rows.written"
    ROWS_ADOPTED = "rows.adopted"
    CLOCK_CONFIRMED = "clock.confirmed"
    CLOCK_SET_BACK = "clock.set.back"


SIGNED_AT_ONCE = frozenset(
    {
        Deed.POST_MADE,
        Deed.PERSON_ADDED,
        Deed.PERSON_LET_GO,
        Deed.PASSWORD_CHANGED,
        Deed.PASSWORD_RESET,
        Deed.ROLE_CHANGED,
        Deed.LOGIN_UNLOCKED,
        Deed.VERDICT_GIVEN,
        Deed.ANSWERED_FOR,
        Deed.LOSS_ACCEPTED,
    }
)
"""After these the log is signed without waiting: verdicts and changes of people."""
