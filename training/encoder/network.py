"""The network: a MiniLM encoder (six layers of 384) under one head for each question.

The encoder is BERT's (Devlin and others, 2019) in plain PyTorch, so that its weights can be
started from MiniLM (Wang and others, 2020) and exported without a framework. In place of BERT's
segments it is told how each word is written (capitals, space before), since its vocabulary has
no capitals. Heads and labels of dependencies are biaffine (Dozat and Manning, 2017).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 (PyTorch's own habit)
from torch import Tensor, nn

ARC, LABEL = 192, 96
SHAPES = 10
PAST = -100
"""The label of words whose answer is not known: no loss."""


@dataclass
class Sizes:
    """How large the network is. `labels` gives the number of answers of each plain head."""

    vocabulary: int = 30522
    width: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12
    positions: int = 512
    relations: int = 0
    labels: dict[str, int] = field(default_factory=dict)


class Layer(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = sizes.heads, dropout
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.mix = nn.Linear(sizes.width, sizes.width)
        self.norm1 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.grow = nn.Linear(sizes.width, sizes.inner)
        self.shrink = nn.Linear(sizes.inner, sizes.width)
        self.norm2 = nn.LayerNorm(sizes.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop)
        mixed = self.mix(mixed.transpose(1, 2).reshape(b, n, w))
        x = self.norm1(x + F.dropout(mixed, drop, self.training))
        y = self.shrink(F.gelu(self.grow(x)))
        out: Tensor = self.norm2(x + F.dropout(y, drop, self.training))
        return out


class Encoder(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.places = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(SHAPES, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.places(at) + self.shapes(shapes))
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Network(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.drop = nn.Dropout(0.25)
        self.plain = nn.ModuleDict(
            {name: nn.Linear(sizes.width, n) for name, n in sizes.labels.items()}
        )
        self.fold = nn.Linear(sizes.width, 2 * ARC + 2 * LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(LABEL + 1, sizes.relations, LABEL + 1))

    def forward(
        self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        """Answers of the plain heads, and the folded vectors, for [CLS] and each word.

        `firsts` says where each word's first piece stands; its first column is [CLS].
        """
        hidden = self.encoder(pieces, shapes, mask)
        words = hidden.gather(1, firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        words = self.drop(words)
        folded = self.drop(F.gelu(self.fold(words)))
        return {name: head(words) for name, head in self.plain.items()}, folded

    def arcs(self, folded: Tensor) -> Tensor:
        """[batch, word, head]: how well each word (row 0: none) hangs on each head (0: root)."""
        child, head = folded[..., :ARC], folded[..., ARC : 2 * ARC]
        left = child @ self.arc[:ARC] + self.arc[ARC]
        return left @ head.transpose(1, 2)

    def relations(self, folded: Tensor, heads: Tensor) -> Tensor:
        """[batch, word, label] for words that hang on `heads`."""
        child = F.pad(folded[..., 2 * ARC : 2 * ARC + LABEL], (0, 1), value=1.0)
        head = F.pad(folded[..., 2 * ARC + LABEL :], (0, 1), value=1.0)
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        b, n, w = child.shape
        left = (child @ self.relation.reshape(w, -1)).view(b, n, -1, w)
        return (left @ head.unsqueeze(-1)).squeeze(-1)


def start_from_minilm(network: Network, folder: Path) -> None:
    """Copy MiniLM's weights (`model.safetensors` under `folder`) into the encoder."""
    from safetensors.torch import load_file

    old = load_file(folder / "model.safetensors")
    old = {k.removeprefix("bert."): v for k, v in old.items()}
    encoder = network.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(old["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(old["embeddings.position_embeddings.weight"])
        encoder.shapes.weight.copy_(
            old["embeddings.token_type_embeddings.weight"][0].expand(SHAPES, -1)
        )
        _copy(encoder.norm, old, "embeddings.LayerNorm")
        for n, layer in enumerate(encoder.layers):
            base = f"encoder.layer.{n}"
            for part in ("weight", "bias"):
                rows = [old[f"{base}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(rows))
            _copy(layer.mix, old, f"{base}.attention.output.dense")
            _copy(layer.norm1, old, f"{base}.attention.output.LayerNorm")
            _copy(layer.grow, old, f"{base}.intermediate.dense")
            _copy(layer.shrink, old, f"{base}.output.dense")
            _copy(layer.norm2, old, f"{base}.output.LayerNorm")
        nn.init.xavier_uniform_(network.arc)
        nn.init.normal_(network.relation, std=0.02)


def _copy(part: nn.Module, old: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(old[f"{name}.weight"])  # type: ignore[operator, union-attr]
    part.bias.copy_(old[f"{name}.bias"])  # type: ignore[operator, union-attr]
