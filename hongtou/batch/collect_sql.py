"""Keep the rows of all notices in a database: a second run replaces a notice's rows, and doubles none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hongtou.batch.collect import NOTICE_COLUMNS, TARGETS, Collected, Collector, collected, other_columns
from hongtou.batch.entry import Entry
from schema.errors import OutputError, ProgramError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

NOTICES, ROWS = "hongtou_notices", "hongtou_rows"
#: The most columns that a table gets (SQLite takes 2,000, PostgreSQL 1,600); the others go into one as JSON.
MOST_COLUMNS = 1000
MORE = "more"
#: The longest name of a column that PostgreSQL tells apart (bytes).
LONGEST_NAME = 63
#: The driver for an address that names none, which is licensed as freely as we are.
DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}


def to_database(address: str) -> Collector:
    """Give what brings rows to the database at an address, each notice in a transaction of its own.

    Raises:
        UsageError: The address is none.
        ProgramError: SQLAlchemy, or the database's driver, is not installed.
    """
    try:
        import sqlalchemy as sa  # noqa: PLC0415 - only databases need it
    except ImportError as error:
        raise ProgramError("missing-package", name="SQLAlchemy", packages="sqlalchemy pg8000") from error
    try:
        url = sa.make_url(address)
        engine = sa.create_engine(url.set(drivername=DRIVERS.get(url.drivername, url.drivername)))
    except sa.exc.ArgumentError as error:
        raise UsageError("bad-option", option="--collect", text=address, expected=TARGETS) from error
    except ImportError as error:
        raise ProgramError(
            "missing-package", name=error.name or url.drivername, packages=error.name or url.drivername
        ) from error

    def write(folder: Path, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
        try:
            return list(_write(engine, collected(folder, entries)))
        except sa.exc.SQLAlchemyError as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            raise OutputError("unwritable", path=url.render_as_string(hide_password=True), reason=reason) from error
        finally:
            engine.dispose()

    return write


def _write(engine: Engine, notices: Iterable[Collected]) -> Iterator[tuple[str, str, str]]:
    """Bring each notice whose rows are not there yet; give those that took the place of another input's."""
    tables = _Tables(engine)
    sources: dict[str, str] = {}
    for notice in notices:
        source = notice.entry.input
        if notice.key in sources:
            yield notice.key, sources[notice.key], source
        sources[notice.key] = source
        tables.make_columns(notice)
        with engine.begin() as connection:
            tables.replace(connection, notice)


class _Tables:
    """Know the two tables of a database: the notices, and their rows.

    Args:
        engine: Of the database.  Tables that are not there are made.
    """

    def __init__(self, engine: Engine) -> None:
        import sqlalchemy as sa  # noqa: PLC0415 - only databases need it

        self._sa, self._engine = sa, engine
        self._metadata = sa.MetaData()
        self._notices = sa.Table(
            NOTICES,
            self._metadata,
            sa.Column("notice", sa.String(512), primary_key=True),
            *(sa.Column(name, sa.Text) for name in ("source", "document_number", "notice_title", "issued_on")),
            sa.Column("sha256", sa.String(64)),
            sa.Column("settings", sa.Text),
        )
        sa.Table(
            ROWS,
            self._metadata,
            sa.Column("notice", sa.String(512), primary_key=True),
            sa.Column("table_number", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("row_key", sa.String(512), primary_key=True),
            sa.Column("row_order", sa.Integer),
            *(sa.Column(name, sa.Text) for name in ("source", "document_number", "notice_title", "issued_on", MORE)),
        )
        self._metadata.create_all(engine)
        self._rows = self._reflected()

    def _reflected(self) -> Table:
        """Read from the database which columns the rows have."""
        return self._sa.Table(ROWS, self._sa.MetaData(), autoload_with=self._engine)

    def make_columns(self, notice: Collected) -> None:
        """Make the columns that a notice's rows have and the table does not, as long as it takes more."""
        wanted = dict.fromkeys(column_name(name) for row in notice.rows for name in row)
        missing = [name for name in wanted if name not in self._rows.c][: MOST_COLUMNS - len(self._rows.c)]
        if not missing:
            return
        quote = self._engine.dialect.identifier_preparer.quote
        with self._engine.begin() as connection:
            for name in missing:
                connection.execute(self._sa.text(f"ALTER TABLE {ROWS} ADD COLUMN {quote(name)} TEXT"))
        self._rows = self._reflected()

    def replace(self, connection: Connection, notice: Collected) -> None:
        """Put a notice's rows in the place of those that it had, if they are others."""
        notices, key = self._notices, notice.key[:512]
        mark = {"source": _plain(notice.entry.input), "sha256": notice.entry.sha256, "settings": notice.entry.settings}
        held = connection.execute(self._sa.select(notices).where(notices.c.notice == key)).mappings().first()
        if held is not None and all(held[name] == value for name, value in mark.items()):
            return
        for table in (self._rows, notices):
            connection.execute(table.delete().where(table.c.notice == key))
        first = {name: notice.rows[0][name] for name in NOTICE_COLUMNS[1:4]} if notice.rows else {}
        connection.execute(notices.insert(), [{"notice": key, **mark, **first}])
        if notice.rows:
            connection.execute(self._rows.insert(), [self._record(key, row) for row in notice.rows])

    def _record(self, key: str, row: dict[str, str]) -> dict[str, str | int | None]:
        named = {column_name(name): _plain(value) for name, value in row.items()}
        record: dict[str, str | int | None] = {column.name: named.get(column.name) for column in self._rows.columns}
        numbers = {name: int(row[name]) for name in ("table_number", "row_order")}
        return record | numbers | {"notice": key, "row_key": row["row_key"][:512], MORE: other_columns(named, record)}


def column_name(name: str) -> str:
    """Give the name of a field as a column: whole where it is short enough, else with a digest.

    >>> column_name("task"), len(column_name("字" * 40).encode())
    ('task', 63)
    """
    plain = _plain(name)
    data = plain.encode()
    if len(data) <= LONGEST_NAME:
        return plain
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: LONGEST_NAME - 9].decode(errors='ignore')}~{digest}"


def _plain(text: str) -> str:
    """Give a text as databases take it: without the character of number 0, and without broken bytes."""
    return text.replace("\0", "\ufffd").encode(errors="backslashreplace").decode()
