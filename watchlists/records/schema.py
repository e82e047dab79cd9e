"""Tables of lists, records, portraits and templates. A record's versions are only ever added; the newest one counts."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Stored(DeclarativeBase):
    """Every table of a post; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. A naive one is a bug and raises ValueError before it reaches the store."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored time needs a time zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class WatchlistRow(Stored):
    __tablename__ = "watchlists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    owner: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    """Raised by one with every change of the list or of a record on it."""
    created_at: Mapped[datetime] = mapped_column(Moment)


class RecordRow(Stored):
    __tablename__ = "records"

    id: Mapped[int] = mapped_column(primary_key=True)
    watchlist_id: Mapped[int] = mapped_column(ForeignKey("watchlists.id"), index=True)
    version: Mapped[int]
    """The version that counts today."""
    created_at: Mapped[datetime] = mapped_column(Moment)


class RecordVersionRow(Stored):
    __tablename__ = "record_versions"
    __table_args__ = (
        Index("ix_record_versions_folded_names", "folded_names"),
        Index("ix_record_versions_folded_numbers", "folded_numbers"),
    )

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    """active or withdrawn."""
    surname: Mapped[str] = mapped_column(String(120))
    given_names: Mapped[str] = mapped_column(String(120))
    other_names: Mapped[str] = mapped_column(String(400))
    """One name a line."""
    folded_names: Mapped[str] = mapped_column(String(700))
    """All names as `watchlists.traits.names.fold` leaves them, for finding."""
    birth_date: Mapped[str] = mapped_column(String(10))
    """ISO 8601, as much as is known: 1980, 1980-03, 1980-03-17, or empty."""
    sex: Mapped[str] = mapped_column(String(1))
    nationality: Mapped[str] = mapped_column(String(3))
    document_number: Mapped[str] = mapped_column(String(40))
    """As written; several are parted by semicolons, each with its State of issue in brackets where that is known."""
    folded_numbers: Mapped[str] = mapped_column(String(80), server_default="")
    """All numbers as `watchlists.traits.number_fields.fold` leaves them, with a space around each, for finding."""
    legal_basis: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(400))
    """What the officer is asked to do, in the words of the owner."""
    review_date: Mapped[str] = mapped_column(String(10))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(40))
    change_reason: Mapped[str] = mapped_column(String(400))


class PortraitRow(Stored):
    __tablename__ = "portraits"
    __table_args__ = (UniqueConstraint("record_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)
    image: Mapped[bytes]
    """The file as it was given, so that a later encoder can read it again."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of `image`, in hexadecimal."""
    face: Mapped[str]
    """Box and quality, as JSON."""
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(String(40))
    taken_on: Mapped[str] = mapped_column(String(10), server_default="")
    """When the photograph was taken: ISO 8601, as much as is known, or empty."""
    age: Mapped[int | None]
    """Age of the person on it in years, where it is known better than from the dates."""


class TemplateRow(Stored):
    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("portrait_id", "encoder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """The entry id in the gallery."""
    portrait_id: Mapped[int] = mapped_column(ForeignKey("portraits.id"), index=True)
    encoder: Mapped[str] = mapped_column(String(64))
    """Digest of the encoder unit that made it; templates of another unit are never compared."""
    vector: Mapped[bytes]
    """Raw little-endian float32."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of `vector`, in hexadecimal."""
    cohort: Mapped[str] = mapped_column(String(64), server_default="")
    """Digest of the cohort that `normaliser` was computed with; it is computed anew when the cohort changes."""
    normaliser: Mapped[float] = mapped_column(server_default="0")
    """Mean distance to the nearest templates of the cohort."""


class SourceReferenceRow(Stored):
    """What the source calls a record: by it the same record is known again when its list is delivered anew."""

    __tablename__ = "source_references"
    __table_args__ = (UniqueConstraint("watchlist_id", "reference"),)

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    watchlist_id: Mapped[int] = mapped_column(ForeignKey("watchlists.id"))
    reference: Mapped[str] = mapped_column(String(80))


class ReadPhotographRow(Stored):
    """A photograph of a delivery that was read and is not on a record yet, so that a stopped import goes on where it was."""

    __tablename__ = "read_photographs"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the file, in hexadecimal."""
    encoder: Mapped[str] = mapped_column(String(64), primary_key=True)
    face: Mapped[str]
    """Box and quality, as JSON; empty when it was refused."""
    vector: Mapped[bytes]
    """Raw little-endian float32; empty when it was refused."""
    refusal: Mapped[str]
    """Template and values of the sentence, as JSON; empty when it can be searched."""
    read_at: Mapped[datetime] = mapped_column(Moment)
