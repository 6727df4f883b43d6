"""Say what Hongtou gives out: the notice as JSON, format ``hongtou/1``.

These are the models of the border: everything that leaves is one of them, and the JSON Schema
that ``hongtou schema`` prints is made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

if TYPE_CHECKING:
    import pandas as pd

FORMAT: Literal["hongtou/1"] = "hongtou/1"
Severity = Literal["note", "warning", "error"]
Scalar = int | float | str | list[str] | None


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Model):
    """Where something stands: page and box, Word table and row, sheet and cell, or line and column of a text."""

    page: int | None = Field(None, title="页", ge=1)
    box: Annotated[list[float], Field(min_length=4, max_length=4)] | None = Field(
        None, title="位置", description="[x0, top, x1, bottom], points from the page's top left, as the page is seen"
    )
    table: int | None = Field(None, title="Word 表格或工作表", ge=1)
    row: int | None = Field(None, title="Word 表格或工作表的行", ge=1)
    line: int | None = Field(None, title="文本的行", ge=1)
    column: int | None = Field(None, title="文本的列", description="characters, counting from 1", ge=1)
    cell: str | None = Field(None, title="工作表的单元格")

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value is not None}


class Source(_Model):
    """The file that was read."""

    name: str = Field(title="文件名")
    sha256: str = Field(title="校验和", pattern="^[0-9a-f]{64}$")
    media_type: str = Field(title="类型")
    page_count: int | None = Field(title="页数")


class Head(_Model):
    """The notice's elements after GB/T 9704 and GB/T 33480; absent ones are null."""

    copy_number: str | None = Field(title="份号")
    classification: str | None = Field(title="密级和保密期限")
    urgency: str | None = Field(title="紧急程度")
    issuing_mark: str | None = Field(title="发文机关标志")
    document_number: str | None = Field(title="发文字号")
    signer: str | None = Field(title="签发人")
    title: str | None = Field(title="标题")
    recipients: str | None = Field(title="主送机关")
    attachments: str | None = Field(title="附件说明")
    issuers: list[str] = Field(title="发文机关署名")
    issued_on: str | None = Field(title="成文日期", json_schema_extra={"format": "date"})
    annotation: str | None = Field(title="附注")
    copied_to: str | None = Field(title="抄送机关")
    printed_by: str | None = Field(title="印发机关")
    printed_on: str | None = Field(title="印发日期", json_schema_extra={"format": "date"})


class Column(_Model):
    """A column: its field's name, its label as printed, and what it holds."""

    name: str = Field(title="字段名")
    label: str = Field(title="表头")
    kind: Literal["integer", "label", "prose", "people", "units", "date", "text", "number"] = Field(title="类型")


class Row(BaseModel):
    """A record: one member a column, and the places that it was printed at."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Scalar]

    places: list[Place] = Field(title="出处")


class Table(_Model):
    """A table over all of its pages, repaired."""

    title: str = Field(title="表题")
    profile: str | None = Field(title="表格类型")
    declared: dict[str, int] = Field(title="文中声明的总数")
    columns: list[Column] = Field(title="列")
    rows: list[Row] = Field(title="行")

    def to_frame(self) -> pd.DataFrame:
        """Give the table as a data frame: a column a field, a row a record, without places."""
        import pandas as pd  # noqa: PLC0415 - heavy, and few callers need it

        names = [column.name for column in self.columns]
        records = [row.__pydantic_extra__ or {} for row in self.rows]
        return pd.DataFrame.from_records([[record[name] for name in names] for record in records], columns=names)


class Finding(_Model):
    """A doubt about the data."""

    rule: str = Field(title="规则")
    severity: Severity = Field(title="严重程度")
    table: int | None = Field(title="第几张表")
    row: int | str | None = Field(title="行的序号")
    column: str | None = Field(title="字段名")
    message: str = Field(title="说明")
    suggestion: str | None = Field(title="建议")
    place: Place | None = Field(title="出处")


class Repairs(_Model):
    """How many repairs there were, by rule; each in full stands in the trace."""

    total: int = Field(title="总数", ge=0)
    by_rule: dict[str, int] = Field(title="按规则")


class Notice(_Model):
    """A notice as data."""

    format: Literal["hongtou/1"] = Field(FORMAT, title="格式")
    source: Source = Field(title="来源")
    notice: Head = Field(title="公文要素")
    tables: list[Table] = Field(title="表格")
    findings: list[Finding] = Field(title="发现的问题")
    repairs: Repairs = Field(title="修复")

    def to_frame(self) -> pd.DataFrame:
        """Give the first table as a data frame.

        Raises:
            ValueError: The notice has no table.
        """
        if not self.tables:
            message = f"{self.source.name} has no table; look at its findings"
            raise ValueError(message)
        return self.tables[0].to_frame()
