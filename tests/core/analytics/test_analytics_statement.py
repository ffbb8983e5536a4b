import pytest

from siyu.core.analytics.statement import Kind, Refused, Statement, parse


@pytest.mark.parametrize(
    ("query", "kind", "result_format"),
    [
        (b"SELECT 1", Kind.READ, None),
        (b"  -- why\n/* and */ select 1 format JSONEachRow", Kind.READ, "JSONEachRow"),
        (b"select 1 FORMAT TSV SETTINGS max_threads = 1", Kind.READ, "TSV"),
        (b"select 'FORMAT CSV' as format from t", Kind.READ, None),
        (b"select format from t", Kind.READ, None),
        (b"(select 1) union all (select 2)", Kind.READ, None),
        (b"with x as (select 1) select * from x", Kind.READ, None),
        (b"show tables", Kind.READ, None),
        (b"create table t (a UInt8) engine = Memory", Kind.WRITE, None),
        (b"insert into t select * from s", Kind.WRITE, None),
        (b"insert into t (a) with x as (select 1) select * from x", Kind.WRITE, None),
        (b"alter table t delete where a = ';'", Kind.WRITE, None),
        (b"set max_threads = 1", Kind.READ, None),
    ],
)
def test_statements_take_the_right_lane(
    query: bytes, kind: Kind, result_format: str | None
) -> None:
    statement = parse(query)
    assert (statement.kind, statement.format) == (kind, result_format)


@pytest.mark.parametrize(
    ("query", "body", "expected"),
    [
        (
            b"",
            b"INSERT INTO t (`a`, `FORMAT x`) FORMAT Native\n\x00\xff\n;",
            Statement(Kind.INSERT, "INSERT INTO t (`a`, `FORMAT x`)", "Native", b"\x00\xff\n;"),
        ),
        (
            b"INSERT INTO t SETTINGS async_insert=0 FORMAT JSONEachRow",
            b'{"a": 1}\n{"a": 2}',
            Statement(
                Kind.INSERT,
                "INSERT INTO t SETTINGS async_insert=0",
                "JSONEachRow",
                b'{"a": 1}\n{"a": 2}',
            ),
        ),
        (
            b"INSERT INTO t (a) VALUES (1), ('SELECT');",
            b"",
            Statement(Kind.INSERT, "INSERT INTO t (a)", "Values", b" (1), ('SELECT')"),
        ),
        (
            b"INSERT INTO t (a)",
            b"1\n2\n",
            Statement(Kind.INSERT, "INSERT INTO t (a)", "TSV", b"1\n2\n"),
        ),
    ],
)
def test_data_is_split_from_its_insert(query: bytes, body: bytes, expected: Statement) -> None:
    assert parse(query, body, default_format="TSV") == expected


@pytest.mark.parametrize(
    "query",
    [
        b"select 1; select 2",
        b"insert into t select 1; drop table t",
        b"select 1 into outfile '/tmp/x'",
        b"insert into t from infile '/etc/passwd' format CSV",
        b"insert into t",
        b" -- nothing",
        b"select '\xff'",
    ],
)
def test_what_the_front_does_not_pass_on(query: bytes) -> None:
    with pytest.raises(Refused):
        parse(query)


def test_an_end_of_statement_is_no_second_statement() -> None:
    assert parse(b"select 1 ; ;\n").sql == "select 1"
