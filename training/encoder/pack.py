"""Pack trained weights for the package: an ONNX graph of small whole numbers, and its words.

    python -m training.encoder.pack --work WORK --minilm FOLDER --data TREEBANKS \\
        --to src/contested/data/encoder

Matrices are rounded to eight bits for each column, word vectors for each row; what flows between
them is rounded as it comes (dynamic quantisation). Pieces of other scripts are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from contested.language.encoder.weights import FORMS, GRAPH, MODEL, VOCABULARY
from training.conllu import read_conllu
from training.encoder.network import ARC, LABEL, Layer, Network


class Deployed(nn.Module):
    """The network as it runs: one window, no padding, word vectors as small whole numbers."""

    def __init__(self, network: Network, use: list[int], plain: list[str]) -> None:
        super().__init__()
        self.network, self.plain = network, plain
        words = network.encoder.words.weight.detach()[use]
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        encoder = self.network.encoder
        x = self.words[pieces].float() * self.scale[pieces]  # type: ignore[index]
        at = torch.arange(pieces.shape[0])
        x = encoder.norm(x + encoder.places(at) + encoder.shapes(shapes))
        for layer in encoder.layers:
            x = attend(layer, x)
        words = x[firsts]
        plain = torch.cat([self.network.plain[name](words) for name in self.plain], -1)
        folded = nn.functional.gelu(self.network.fold(words))
        below, above, child, head = folded.split([ARC, ARC, LABEL, LABEL], -1)
        arcs = (below @ self.network.arc[:ARC] + self.network.arc[ARC]) @ above.T
        relation = self.network.relation.reshape(LABEL + 1, -1)
        left = child @ relation[:LABEL] + relation[LABEL]
        return plain, arcs, left, nn.functional.pad(head, (0, 1), value=1.0), words


def attend(layer: Layer, x: Tensor) -> Tensor:
    """One layer over one window."""
    size = x.shape[1] // layer.heads
    q, k, v = (
        part.view(-1, layer.heads, size).transpose(0, 1) for part in layer.qkv(x).chunk(3, -1)
    )
    scores = torch.softmax((q @ k.transpose(1, 2)) / size**0.5, -1)
    mixed = (scores @ v).transpose(0, 1).reshape(-1, layer.heads * size)
    x = layer.norm1(x + layer.mix(mixed))
    out: Tensor = layer.norm2(x + layer.shrink(nn.functional.gelu(layer.grow(x))))
    return out


MORE = (
    "VERB lent lend",
    "VERB slew slay",
    "VERB slain slay",
    "VERB bled bleed",
    "VERB overthrew overthrow",
    "VERB overthrown overthrow",
    "VERB overran overrun",
    "VERB swore swear",
    "VERB wove weave",
    "VERB flung fling",
    "VERB clung cling",
    "VERB sunk sink",
    "VERB tore tear",
    "VERB upheld uphold",
    "VERB burnt burn",
    "VERB borne bear",
    "VERB beaten beat",
    "VERB bound bind",
    "VERB froze freeze",
    "VERB knelt kneel",
    "VERB leapt leap",
    "VERB shook shake",
    "VERB spat spit",
    "VERB strode stride",
    "VERB forbade forbid",
    "VERB forbidden forbid",
    "VERB praised praise",
)
"""Forms of verbs that the treebanks lack."""
LEMMATISED = {"VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET"}


def foreign(piece: str) -> bool:
    """Whether a piece is of another script, which English reports hold hardly ever."""
    plain = piece.removeprefix("##")
    if plain.startswith("[unused"):
        return True
    return any(ord(c) > 0x24F and unicodedata.category(c)[0] == "L" for c in plain)


def pack(work: Path, minilm: Path, data: Path, to: Path, whole: bool) -> None:
    kept = torch.load(work, weights_only=False, map_location="cpu")
    sizes = kept["sizes"]
    network = Network(sizes)
    network.load_state_dict(kept["network"])
    network.eval()
    vocabulary = (minilm / "vocab.txt").read_text("utf-8").split("\n")[: sizes.vocabulary]
    use = [n for n, piece in enumerate(vocabulary) if not foreign(piece)]
    plain = list(sizes.labels)
    to.mkdir(parents=True, exist_ok=True)
    graph(Deployed(network, use, plain).eval(), to / GRAPH, whole)
    about = {
        "sha256": hashlib.sha256((to / GRAPH).read_bytes()).hexdigest(),
        "plain": plain,
        "labels": kept["labels"],
        "development": kept["scores"],
    }
    (to / FORMS).write_text("\n".join(forms(data)) + "\n", "utf-8")
    (to / MODEL).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    (to / VOCABULARY).write_text("\n".join(vocabulary[n] for n in use) + "\n", "utf-8")
    size = sum(p.stat().st_size for p in to.iterdir())
    print(f"{len(use)} word pieces, {size / 1e6:.1f} MB; development: {kept['scores']}")


def graph(model: Deployed, to: Path, whole: bool) -> None:
    """Write the ONNX graph; `whole` leaves the matrices as they are."""
    pieces = torch.randint(100, 2000, (30,))
    shapes, firsts = torch.zeros(30, dtype=torch.long), torch.arange(20)
    names = ["pieces", "shapes", "firsts"]
    axes = {"pieces": {0: "n"}, "shapes": {0: "n"}, "firsts": {0: "w"}, "states": {0: "w"}}
    with tempfile.TemporaryDirectory() as folder:
        plain = to if whole else Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (pieces, shapes, firsts),
            str(plain),
            input_names=names,
            output_names=["plain", "arcs", "child", "head", "states"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        if not whole:
            quantize_dynamic(
                plain,
                to,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul", "Gemm"],
            )


def forms(data: Path) -> list[str]:
    """Words whose lemma the treebanks agree on, where no regular ending gives it away."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for bank in ("ewt", "gum"):
        for sentence in read_conllu(data / f"{bank}-train.conllu.gz"):
            for word, pos, lemma in zip(sentence.words, sentence.pos, sentence.lemmas, strict=True):
                if pos in LEMMATISED and word.isalpha():
                    seen.setdefault((pos, word.lower()), Counter())[lemma] += 1
    out = []
    for (pos, word), lemmas in sorted(seen.items()):
        lemma, times = lemmas.most_common(1)[0]
        if times >= 0.9 * lemmas.total() and lemma.islower():
            out.append(f"{pos} {word} {lemma}")
    return sorted({*out, *MORE})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="best.pt of the training")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the treebanks")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="round nothing, to compare")
    args = parser.parse_args()
    pack(args.work, args.minilm, args.data, args.to, args.whole)


if __name__ == "__main__":
    main()
