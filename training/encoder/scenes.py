"""Train what the encoder's vectors say of happenings, and put it into a packed graph.

    python -m training.encoder.scenes --roles MUC --to src/contested/data/encoder

The encoder stays as it is: its vectors of the development texts of MUC-3/4 are read once from the
packed graph. On them a network of one hidden layer learns, for each word, which role it fills
(people that are described among them) and, for words of fillers, what the answer key says of
them: type, stage and category of the incident, kind and harm of people and things, how the
organisation is known, the kind of weapon. Then a logistic regression learns whether two
participants belong to one incident. Both are written into the graph and its description.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from contested.language.encoder.fillers import ROLES
from contested.language.encoder.roles import RoleReader, Seen
from contested.language.encoder.scenes import PERSON, Nearness
from contested.language.encoder.weights import GRAPH, MODEL, Weights
from evaluation import muc_templates as slots
from evaluation.ceaf import normal
from evaluation.muc_corpus import messages
from evaluation.muc_templates import Template, templates
from training.encoder.reports import matched

STRINGS = dict(
    zip(
        (*ROLES, PERSON),
        (
            slots.INDIVIDUAL,
            slots.ORGANISATION,
            slots.THING,
            slots.NAME,
            slots.WEAPON,
            slots.DESCRIPTION,
        ),
        strict=True,
    )
)
OF_INCIDENT = {"type": slots.TYPE, "stage": slots.STAGE, "category": slots.CATEGORY}
PEOPLE = (slots.NAME, slots.DESCRIPTION)
OF_FILLER = {
    "confidence": (slots.CONFIDENCE, (slots.ORGANISATION,)),
    "human": (slots.HUMAN_TYPE, PEOPLE),
    "harm": (slots.HUMAN_EFFECT, PEOPLE),
    "thing": (slots.THING_TYPE, (slots.THING,)),
    "damage": (slots.THING_EFFECT, (slots.THING,)),
    "arm": (slots.WEAPON_TYPE, (slots.WEAPON,)),
}
STRUCK = (slots.THING, slots.NAME, slots.DESCRIPTION)
NONE = "NONE"
RARE = 4
"""An answer that fewer keys give is not learnt."""
HIDDEN, EPOCHS, RATE, BATCH = 128, 9, 2e-3, 2048
Floats = NDArray[np.float32]


@dataclass
class Text:
    """A text as the encoder sees it, with its key."""

    text: str
    seen: Seen
    inputs: Floats
    words: list[str]
    key: list[Template]

    def places(self, string: str) -> list[tuple[int, int]]:
        """Where the words of a filler stand."""
        want = normal(string).replace(" ", "")
        ends = ((i, matched(self.words, i, want)) for i in range(len(self.words)))
        return [(i, end) for i, end in ends if end is not None] if want else []


def read(folder: Path, reader: RoleReader) -> list[Text]:
    """The texts of a folder that have a key."""
    key = templates(sorted(folder.glob("key-*")))
    files = sorted(p for p in folder.glob("*-muc*") if not p.name.startswith("key-"))
    out = []
    for message in messages(files):
        if message.id in key:
            seen = reader.look(message.text)
            words = [normal(message.text[a:b]) for a, b in seen.words]
            whole = seen.wholes[seen.windows]
            inputs = np.concatenate([seen.states, whole], axis=1).astype(np.float16)
            out.append(Text(message.text, seen, inputs, words, key[message.id]))
    return out


def vocabulary(texts: Sequence[Text]) -> list[tuple[str, str]]:
    """All questions with their answers, roles first."""
    out = [("role", role) for role in STRINGS]
    asked = {**OF_INCIDENT, **{name: slot for name, (slot, _) in OF_FILLER.items()}}
    for name, slot in asked.items():
        found = Counter(v for t in texts for k in t.key for f in k.fills(slot) for v in f.values)
        out += [(name, v) for v, times in found.most_common() if times >= RARE]
        out.append((name, NONE))
    return out


class Answers:
    """What the key says of each word: 1 or 0 where a question is asked of it."""

    def __init__(self, labels: Sequence[tuple[str, str]]) -> None:
        self._index = {label: n for n, label in enumerate(labels)}
        self._columns: dict[str, list[int]] = {}
        for n, (name, _) in enumerate(labels):
            self._columns.setdefault(name, []).append(n)

    def of(self, text: Text) -> tuple[Floats, Floats]:
        """The answers, and which of them are asked."""
        shape = len(text.words), len(self._index)
        self.right, self.asked = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self.asked[:, self._columns["role"]] = 1
        for template in text.key:
            for role, slot in STRINGS.items():
                for one in template.fills(slot):
                    for words in one.values:
                        self._tell(text, words, "role", {role})
                        for name, about in OF_INCIDENT.items():
                            self._tell(text, words, name, _values(template, about))
            self._fillers(text, template)
        return self.right, self.asked

    def _fillers(self, text: Text, template: Template) -> None:
        for name, (about, owners) in OF_FILLER.items():
            known: dict[str, set[str]] = {}
            for one in template.fills(about):
                for ref in one.refs:
                    known.setdefault(ref, set()).update(one.values)
            for one in (f for owner in owners for f in template.fills(owner)):
                said = set().union(*(known.get(w, set()) for w in (*one.values, *one.refs)))
                for words in one.values:
                    self._tell(text, words, name, said or {NONE})

    def _tell(self, text: Text, words: str, name: str, said: set[str]) -> None:
        for start, end in text.places(words):
            self.asked[start:end, self._columns[name]] = 1
            for answer in said:
                if (name, answer) in self._index:
                    self.right[start:end, self._index[name, answer]] = 1


def _values(template: Template, slot: str) -> set[str]:
    return {v for f in template.fills(slot) for v in f.values} or {NONE}


def network(answers: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(0.1),
        nn.Linear(768, HIDDEN),
        nn.GELU(),
        nn.Dropout(0.25),
        nn.Linear(HIDDEN, answers),
    )


def train(texts: Sequence[Text], labels: Sequence[tuple[str, str]]) -> nn.Sequential:
    """Words of fillers are seen four times an epoch, the others once."""
    told = [Answers(labels).of(text) for text in texts]
    right = torch.tensor(np.concatenate([r for r, _ in told]))
    asked = torch.tensor(np.concatenate([a for _, a in told]))
    inputs = torch.tensor(np.concatenate([t.inputs for t in texts]))
    roles = sum(name == "role" for name, _ in labels)
    fillers = torch.nonzero(asked[:, roles:].sum(1) > 0).squeeze(1)
    net = network(len(labels))
    steps = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.03)
    for epoch in range(EPOCHS):
        for group in steps.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        order = torch.cat([torch.arange(len(right)), fillers.repeat(3)])
        order = order[torch.randperm(len(order))]
        for part in order.split(BATCH):
            loss = _loss(net(inputs[part].float()), right[part], asked[part], roles)
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            steps.step()
        print(f"epoch {epoch}: {float(loss.detach()):.4f}", flush=True)
    return net.eval()


def _loss(scores: Tensor, right: Tensor, asked: Tensor, roles: int) -> Tensor:
    wrong = nn.functional.binary_cross_entropy_with_logits(scores, right, reduction="none") * asked
    about = wrong[:, roles:].sum() / (asked[:, roles:].sum() / 10 + 1)
    return wrong[:, :roles].mean() * roles + 2.0 * about


def pairs(texts: Sequence[Text], types: list[int]) -> tuple[Floats, Floats, Floats]:
    """Features of two struck participants of a text, whether they share an incident, weights."""
    rows, same, weights = [], [], []
    for text in texts:
        incidents: dict[int, set[int]] = {}
        for n, template in enumerate(text.key):
            for one in (f for slot in STRUCK for f in template.fills(slot)):
                found = text.places(one.values[0])
                if found:
                    incidents.setdefault(found[0][0], set()).add(n)
        both = list(combinations(incidents.items(), 2))
        if not both:
            continue
        near = Nearness(text.text, text.seen, types)
        for (a, ones), (b, others) in both:
            rows.append(near.features(a, b))
            same.append(float(bool(ones & others)))
            weights.append(len(both) ** -0.5)
    return tuple(np.array(x, np.float32) for x in (rows, same, weights))  # type: ignore[return-value]


def logistic(rows: Floats, same: Floats, weights: Floats) -> dict[str, object]:
    """A logistic regression on standardised features, given for the features as they are."""
    mean, spread = rows.mean(0), rows.std(0)
    model = nn.Linear(rows.shape[1], 1)
    inputs, goal = torch.tensor((rows - mean) / spread), torch.tensor(same)
    steps = torch.optim.LBFGS(model.parameters(), max_iter=200)

    def loss() -> Tensor:
        steps.zero_grad()
        scores = model(inputs).squeeze(1)
        wrong = nn.functional.binary_cross_entropy_with_logits(
            scores, goal, weight=torch.tensor(weights), reduction="sum"
        )
        out: Tensor = wrong + 0.5 * (model.weight**2).sum()
        out.backward()  # type: ignore[no-untyped-call]
        return out

    steps.step(loss)  # type: ignore[no-untyped-call]
    slopes = model.weight.detach().numpy()[0] / spread
    bias = float(model.bias.detach()[0]) - float((mean * slopes).sum())
    return {"weights": [round(float(w), 5) for w in slopes], "bias": round(bias, 5)}


def put(net: nn.Sequential, folder: Path) -> None:
    """Write the network into the graph, behind the vectors, as the output `scene`."""
    model = onnx.load(folder / GRAPH)
    graph = model.graph
    keep = [n for n in graph.node if not n.name.startswith("/scene/")]
    del graph.node[:]
    graph.node.extend(keep)
    for part in (graph.initializer, graph.output):
        for one in [x for x in part if x.name.startswith("scene")]:
            part.remove(one)
    first, last = net[1], net[4]
    into = first.weight.detach().numpy().T
    for name, values in {
        "own": into[:384],
        "whole": into[384:],
        "bias1": first.bias.detach().numpy(),
        "out": last.weight.detach().numpy().T,
        "bias2": last.bias.detach().numpy(),
        "zero": np.array([0], np.int64),
        "root": np.array(2**0.5, np.float32),
        "one": np.array(1, np.float32),
        "half": np.array(0.5, np.float32),
    }.items():
        one = numpy_helper.from_array(np.ascontiguousarray(values), f"scene.{name}")
        graph.initializer.append(one)
    for kind, inputs, output in (
        ("MatMul", ["states", "scene.own"], "sc1"),
        ("Gather", ["states", "scene.zero"], "sc2"),
        ("MatMul", ["sc2", "scene.whole"], "sc3"),
        ("Add", ["sc1", "sc3"], "sc4"),
        ("Add", ["sc4", "scene.bias1"], "sc5"),
        ("Div", ["sc5", "scene.root"], "sc6"),
        ("Erf", ["sc6"], "sc7"),
        ("Add", ["sc7", "scene.one"], "sc8"),
        ("Mul", ["sc5", "sc8"], "sc9"),
        ("Mul", ["sc9", "scene.half"], "sc10"),
        ("MatMul", ["sc10", "scene.out"], "sc11"),
        ("Add", ["sc11", "scene.bias2"], "sc12"),
        ("Sigmoid", ["sc12"], "scene"),
    ):
        graph.node.append(helper.make_node(kind, inputs, [output], name=f"/scene/{output}"))
    shape = ["w", last.out_features]
    graph.output.append(helper.make_tensor_value_info("scene", TensorProto.FLOAT, shape))
    onnx.save(model, folder / GRAPH)


def describe(folder: Path, labels: Sequence[tuple[str, str]], together: object) -> None:
    """Write the answers and the regression into the graph's description."""
    about = json.loads((folder / MODEL).read_text("utf-8"))
    about["sha256"] = hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest()
    about["labels"]["scene"] = [f"{name}|{answer}" for name, answer in labels]
    about["together"] = together
    (folder / MODEL).write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--roles", type=Path, required=True, help="folder of MUC-3/4")
    parser.add_argument("--to", type=Path, required=True, help="folder of the packed encoder")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    weights = Weights.load(args.to)
    texts = read(args.roles / "dev", RoleReader(weights))
    labels = vocabulary(texts)
    net = train(texts, labels)
    with torch.no_grad():
        for text in texts:
            inputs = torch.tensor(text.inputs).float()
            text.seen = replace(text.seen, scene=torch.sigmoid(net(inputs)).numpy())
    types = [n for n, (name, answer) in enumerate(labels) if name == "type" and answer != NONE]
    together = logistic(*pairs(texts, types))
    put(net, args.to)
    describe(args.to, labels, together)


if __name__ == "__main__":
    main()
