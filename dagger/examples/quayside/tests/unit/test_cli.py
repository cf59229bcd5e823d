import pytest

import quayside
from quayside.cli import main


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"quayside {quayside.__version__}\n"


def test_berths(capsys):
    assert main(["berths", "--at", "2026-06-01T21:15"]) == 0
    assert capsys.readouterr().out == (
        "BERTH        SHIP        STATE      ARRIVES  DEPARTS\n"
        "North 1      Marguerite  leaving    13:15    21:45\n"
        "North 2      Oriel       alongside  20:00    07:30\n"
        "Grain Quay   Corn Dolly  alongside  04:00    23:00\n"
        "Fish Dock    Gannet      alongside  15:00    02:30\n"
        "Pilot Steps  -           free       -        -\n"
    )


def test_a_time_with_an_offset_is_turned_into_utc(capsys):
    main(["berths", "--at", "2026-06-01T23:15+02:00"])
    with_offset = capsys.readouterr().out
    main(["berths", "--at", "2026-06-01T21:15"])
    assert with_offset == capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["sail"], ["berths", "--at", "noon"]])
def test_wrong_use(argv, capsys):
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert "usage: quayside" in capsys.readouterr().err
