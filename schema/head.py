"""Hold the elements of a notice outside its tables.

The elements and their order are those of GB/T 9704-2012 (party and government documents) and
GB/T 33480-2016 (their XML).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Hold a notice's elements as printed; ``None`` or empty where one is absent.

    Args:
        copy_number: 份号.
        classification: 密级和保密期限.
        urgency: 紧急程度.
        issuing_mark: 发文机关标志, the red head itself.
        document_number: 发文字号.
        signer: 签发人.
        title: 标题.
        recipients: 主送机关.
        attachments: 附件说明.
        issuers: 发文机关署名.
        issued_on: 成文日期 as an ISO 8601 date.
        annotation: 附注.
        copied_to: 抄送机关.
        printed_by: 印发机关.
        printed_on: 印发日期 as an ISO 8601 date.
    """

    copy_number: str | None = None
    classification: str | None = None
    urgency: str | None = None
    issuing_mark: str | None = None
    document_number: str | None = None
    signer: str | None = None
    title: str | None = None
    recipients: str | None = None
    attachments: str | None = None
    issuers: tuple[str, ...] = ()
    issued_on: str | None = None
    annotation: str | None = None
    copied_to: str | None = None
    printed_by: str | None = None
    printed_on: str | None = None
