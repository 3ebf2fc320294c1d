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
