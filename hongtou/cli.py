"""Run hongtou from the command line.

Results go to standard output or files, everything else to standard error.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hongtou import __version__
from hongtou.limits import add_limit_option
from hongtou.messages import error_message, language_of_locale
from schema.errors import HongtouError

INTERRUPTED = 130
USAGE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code.

    0 clean, 1 findings at or above ``--fail-on``, 2 usage, 3 an input could not be read,
    4 the output could not be written, 130 interrupted.
    """
    arguments = _parser().parse_args(argv)
    # What pdfminer grumbles about in a font is no news to who reads a notice.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    language = arguments.lang or language_of_locale()
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except HongtouError as error:
        print(f"hongtou: {error_message(error, language)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of standard output went away; there is nobody left to tell.
        sys.stderr.close()
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hongtou", description="Turn official Chinese notices (红头文件) into data that can be trusted."
    )
    parser.add_argument("--version", action="version", version=f"hongtou {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("zh", "en"), help="language of messages (default: the locale's)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_convert(commands.add_parser("convert", parents=[shared], help="convert notices to CSV and JSON"))
    _add_check(commands.add_parser("check", parents=[shared], help="check transcripts against their originals"))
    _add_batch(commands.add_parser("batch", parents=[shared], help="convert folders of notices, unattended"))
    _add_watch(commands.add_parser("watch", parents=[shared], help="convert what arrives in folders"))
    explain = commands.add_parser("explain", parents=[shared], help="say in words what a rule does")
    explain.add_argument("rule", metavar="RULE")
    explain.set_defaults(command=_explain)
    rules = commands.add_parser("rules", parents=[shared], help="list all rules")
    rules.add_argument("--markdown", action="store_true", help="as the table in docs/rules.md")
    rules.set_defaults(command=_rules)
    profiles = commands.add_parser("profiles", parents=[shared], help="list the profiles, or print one to start from")
    profiles.add_argument("name", nargs="?", metavar="NAME", help="print this built-in profile's file")
    profiles.add_argument("--check", metavar="FILE", help="check a profile of your own")
    profiles.set_defaults(command=_profiles)
    schema = commands.add_parser("schema", parents=[shared], help="print the JSON Schema of the output")
    schema.add_argument("--table", metavar="PROFILE", help="print the Table Schema of a profile's CSV instead")
    schema.set_defaults(command=_schema)
    return parser


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.description = "Convert notices. Without -o the table of one notice goes to standard output."
    parser.add_argument("inputs", nargs="+", metavar="FILE", help="PDF, .docx, CSV or text")
    parser.add_argument("-o", "--output", metavar="DIR", help="write NAME.csv, NAME.2.csv ... and NAME.json here")
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="of standard output (default: csv)")
    parser.add_argument("--table", type=int, metavar="N", help="which table goes to standard output")
    parser.add_argument("--trace", action="store_true", help="also write NAME.trace.json: each repair, ledger, places")
    parser.add_argument("--bom", action="store_true", help="begin CSV with a byte order mark, for Excel")
    parser.add_argument(
        "--fail-on", choices=("note", "warning", "error", "never"), default="error",
        help="least severity that gives exit code 1 (default: error)",
    )  # fmt: skip
    parser.add_argument(
        "--profile", action="append", default=[], metavar="FILE",
        help="a profile (TOML) of your own, tried before the built-in ones; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--verify", action="store_true", help="read PDF with a second reader too, and report differences"
    )
    add_limit_option(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing of files without errors")
    parser.set_defaults(command=_convert)


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.description = "Convert folders of notices.  Every input ends in exactly one row of DIR/manifest.jsonl."
    parser.add_argument(
        "inputs", nargs="+", metavar="PATH", help="folder, file, pattern, address; - for a list on standard input"
    )
    _add_batch_options(parser)
    parser.set_defaults(command=_batch)


def _add_watch(parser: argparse.ArgumentParser) -> None:
    parser.description = "Convert what is in folders, and what arrives there, until interrupted."
    parser.add_argument("inputs", nargs="+", metavar="DIR", help="folder to watch")
    parser.add_argument(
        "--settle", type=float, default=2.0, metavar="SECONDS",
        help="a file is whole when it has not changed for so long (default: 2)",
    )  # fmt: skip
    _add_batch_options(parser)
    parser.set_defaults(command=_watch)


def _add_batch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="write outputs and the manifest here")
    parser.add_argument("--include", action="append", default=[], metavar="PATTERN", help="take only such files")
    parser.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="leave such files out")
    parser.add_argument(
        "--allow-scheme", action="append", default=[], metavar="SCHEME", help="fetch addresses that begin so, as s3"
    )
    parser.add_argument("-j", "--workers", type=_positive, metavar="N", help="files at once (default: processors)")
    parser.add_argument("--scheduler", metavar="URL", help="convert on a Dask cluster, tcp://127.0.0.1:8786 or tls://")
    parser.add_argument("--shard", default="1/1", metavar="I/N", help="do only the Ith of N parts of the inputs")
    parser.add_argument(
        "--collect", action="append", default=[], metavar="TARGET",
        help="all rows in one place: FILE.csv, FILE.parquet, sqlite:///FILE.db, postgresql://...",
    )  # fmt: skip
    parser.add_argument("--report", metavar="FILE.html", help="write one page over the whole batch")
    parser.add_argument("--retry", action="append", default=[], choices=_RETRIED, help="do such inputs again")
    parser.add_argument("--no-timings", action="store_true", help="leave times and memory out of the manifest")
    parser.add_argument("--json-log", action="store_true", help="one JSON object a line on standard error")
    _add_isolation(parser)
    parser.add_argument(
        "--fail-on", choices=("note", "warning", "error", "never"), default="error",
        help="least severity that gives exit code 1 (default: error)",
    )  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but the summary")


#: The statuses that a batch does again where it is asked to.
_RETRIED = ("partial", "limit", "timeout", "oom", "crash", "corrupt")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _add_isolation(parser: argparse.ArgumentParser) -> None:
    """Add what decides how outputs look, and what the process of one file may use."""
    parser.add_argument("--time", default="120", metavar="SECONDS", help="most for one file (default: 120)")
    parser.add_argument("--memory", default="2G", metavar="SIZE", help="most for one file (default: 2G)")
    parser.add_argument("--max-output", default="64M", metavar="SIZE", help="most that one file gives (default: 64M)")
    add_limit_option(parser)
    parser.add_argument("--trace", action="store_true", help="also write NAME.trace.json: each repair, ledger, places")
    parser.add_argument("--bom", action="store_true", help="begin CSV with a byte order mark, for Excel")
    parser.add_argument("--profile", action="append", default=[], metavar="FILE", help="a profile (TOML) of your own")
    parser.add_argument("--verify", action="store_true", help="read PDF with a second reader too, report differences")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say cell by cell where a transcript departs from its original, or what in it cannot be right."
    parser.add_argument(
        "transcripts", nargs="+", metavar="TRANSCRIPT", help="text, CSV, TSV, .xlsx, our JSON; or a folder"
    )
    parser.add_argument("--against", metavar="ORIGINAL", help="the original (PDF, .docx ...), or a folder of originals")
    parser.add_argument(
        "--report", action="append", default=[], metavar="NAME[=FILE]",
        help="text (default), json, sarif, github, junit, rdjson, markdown, html; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--fail-on", choices=("note", "warning", "error", "never"),
        help="least severity that gives exit code 1 (default: error)",
    )  # fmt: skip
    parser.add_argument("--strict", action="store_true", help="also report what normalisation explains")
    parser.add_argument("--baseline", metavar="FILE", help="known findings, which do not fail the run")
    parser.add_argument("--update-baseline", action="store_true", help="write this run's findings to the baseline")
    parser.add_argument("--fix", metavar="DIR", help="write a corrected copy of each transcript here")
    parser.add_argument("--profile", action="append", default=[], metavar="FILE", help="a profile (TOML) of your own")
    parser.add_argument("--config", metavar="FILE", help="settings (default: hongtou.toml where it is)")
    parser.set_defaults(command=_check)


def _check(arguments: argparse.Namespace) -> int:
    from hongtou.check_command import CheckOptions, run  # noqa: PLC0415 - brings the readers' libraries

    return run(CheckOptions.of(arguments, language_of_locale()))


def _convert(arguments: argparse.Namespace) -> int:
    from hongtou.convert_command import ConvertOptions, run  # noqa: PLC0415 - brings the readers' libraries

    return run(ConvertOptions.of(arguments, language_of_locale()))


def _batch(arguments: argparse.Namespace) -> int:
    from hongtou.batch_command import BatchOptions, run  # noqa: PLC0415 - brings the readers' libraries

    return run(BatchOptions.of(arguments, language_of_locale()))


def _watch(arguments: argparse.Namespace) -> int:
    from hongtou.batch_command import BatchOptions  # noqa: PLC0415 - brings the readers' libraries
    from hongtou.watch_command import run  # noqa: PLC0415

    return run(BatchOptions.of(arguments, language_of_locale()), arguments.settle)


def _explain(arguments: argparse.Namespace) -> int:
    from hongtou.explain import explain  # noqa: PLC0415 - each command loads only what it needs

    print(explain(arguments.rule, arguments.lang or language_of_locale()))
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    from hongtou.explain import rules_markdown, rules_text  # noqa: PLC0415

    language = arguments.lang or language_of_locale()
    print(rules_markdown() if arguments.markdown else rules_text(language), end="")
    return 0


def _profiles(arguments: argparse.Namespace) -> int:
    from hongtou.profiles import listed, read_profile, source_of  # noqa: PLC0415

    if arguments.check is not None:
        read_profile(Path(arguments.check))
    else:
        print(
            listed(arguments.lang or language_of_locale()) if arguments.name is None else source_of(arguments.name),
            end="",
        )
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    from hongtou.json_schema import notice_schema, table_schema, to_text  # noqa: PLC0415

    print(to_text(notice_schema() if arguments.table is None else table_schema(arguments.table)), end="")
    return 0
