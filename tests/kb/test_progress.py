from kb.progress import Progress, SilentProgress


def work(progress: Progress) -> int:
    with progress.step("导入", total=2) as step:
        step.advance()
        step.advance(1)
    return 2


def test_silent_progress_is_a_progress() -> None:
    assert work(SilentProgress()) == 2
