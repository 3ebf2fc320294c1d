"""Whose statements are one origin."""

from contested.model import Speaker
from tests.reconcile.scenes import Scene


def test_a_body_in_two_papers_is_one_origin_by_its_name() -> None:
    scene = Scene()
    scene.says(Speaker("the Kurram Doctors Network", None, "independent"), 8)
    scene.says(Speaker("Kurram Doctors Network", None, "independent"), 9)
    bodies = [o for o in scene.incident().origins if o.name == "Kurram Doctors Network"]
    assert len(bodies) == 1 and len(bodies[0].reports) == 2


def test_two_persons_of_one_text_are_no_two_origins() -> None:
    scene = Scene()
    report, event = scene.report(Speaker("Gul Khan", None, "independent"), "2025-10-08")
    scene.also(report, event, Speaker("Amin Shah", None, "independent"), 8)
    assert len(scene.incident().origins) == 1


def test_a_body_described_and_named_in_one_report_is_one_origin() -> None:
    scene = Scene()
    text = "A Kurram doctors' group counted eight. The Kurram Doctors Network said eight."
    unnamed = Speaker("a Kurram doctors' group", None, "independent")
    report, event = scene.report(unnamed, "2025-10-08", text=text)
    scene.also(report, event, Speaker("the Doctors Network", None, "independent"), 8)
    assert [o.name for o in scene.incident().origins] == ["Kurram Doctors Network"]
    assert scene.incident().status == "single_source"


def test_two_bodies_with_names_of_their_own_are_two_origins() -> None:
    scene = Scene()
    text = "The Kurram Doctors Network said eight. The Tank Lawyers Union said eight."
    named = Speaker("the Kurram Doctors Network", None, "independent")
    report, event = scene.report(named, "2025-10-08", text=text)
    scene.also(report, event, Speaker("the Tank Lawyers Union", None, "independent"), 8)
    assert len(scene.incident().origins) == 2
