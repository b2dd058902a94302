"""What training minimises: per-pixel cross entropy, a Tversky term over the batch, and the worst false alarms.

Torch's own cross entropy does most of it. The Tversky term is written here, because libraries' (segmentation-models-
pytorch) leave out neither pixels without data nor pixels that are not judged, or do it by a value in the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, max_pool2d


@dataclass(frozen=True)
class LossConfig:
    """``positive_weight`` multiplies the cross entropy of changed pixels, because background dominates.

    ``tversky_miss`` in 0..1 weighs misses against false alarms (1 - it) in the Tversky index (Salehi et al. 2017;
    0.5 is Dice): misses cost users more. ``hard_weight`` is given to the mean cross entropy of the ``hard_share`` of
    unchanged pixels that are most surely called change: on real pairs it is the tail that fails, and a mean over a
    million easy pixels does not feel it. ``kind_weight`` is that of ``kind_loss``, for networks that tell kinds.
    """

    positive_weight: float = 8.0
    tversky_weight: float = 1.0
    tversky_miss: float = 0.6
    hard_weight: float = 0.02
    hard_share: float = 0.01
    kind_weight: float = 0.1


def change_loss(logits: Tensor, truth: Tensor, valid: Tensor, config: LossConfig | None = None) -> Tensor:
    """The loss of a batch. ``logits`` (N,1,H,W), ``truth`` 0/1 float, ``valid`` 0/1 float, the same shape.

    Pixels that are not valid count nowhere. A batch without a valid pixel costs 0 (and has a gradient of 0).
    """
    config = config or LossConfig()
    logits = logits.float()
    count = valid.sum().clamp(min=1.0)
    weight = torch.as_tensor(config.positive_weight, dtype=torch.float32, device=logits.device)
    entropy = binary_cross_entropy_with_logits(logits, truth, reduction="none", pos_weight=weight) * valid
    loss = entropy.sum() / count

    probability = torch.sigmoid(logits) * valid
    hit = (probability * truth).sum()
    miss = ((1 - probability) * truth * valid).sum()
    false = (probability * (1 - truth)).sum()
    index = (hit + 1.0) / (hit + config.tversky_miss * miss + (1 - config.tversky_miss) * false + 1.0)
    loss = loss + config.tversky_weight * (1.0 - index)

    if config.hard_weight > 0:
        negatives = (entropy * (1 - truth)).flatten()
        top = max(1, int(config.hard_share * negatives.numel()))
        loss = loss + config.hard_weight * negatives.topk(top).values.mean()
    return loss


def kind_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Cross entropy of the kind of change, only where there is change; 0 where there is none.

    ``logits`` (N,K,h,w), of a whole fraction of the full resolution; ``classes`` (N,1,H,W): 0 nothing (or kind not
    told), k = 1..K a kind. A cell that holds several takes the highest.
    """
    step = classes.shape[-1] // logits.shape[-1]
    cells = max_pool2d(classes.float(), step).squeeze(1).long()
    marked = cells > 0
    if not bool(marked.any()):
        return logits.sum() * 0.0
    chosen = logits.float().permute(0, 2, 3, 1)[marked]
    return cross_entropy(chosen, cells[marked] - 1)
