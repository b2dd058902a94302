"""The accuracy document's rows on the paper's analogue network, and where they are put."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("osgeo", reason="needs GDAL")
pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.common.progress import Quiet
from marscd_plugin.training.accuracy import rewrite
from marscd_plugin.training.analogue_paper_recipe import BEGIN, END, paper_card
from marscd_plugin.training.analogue_protocol import LANDFORMS, Matrix, paper_scores
from marscd_plugin.training.analogue_tables import matrix_table, paper_tables


def test_the_diagonal_wins_only_where_it_is_least_of_row_and_column():
    matrix = Matrix(
        "m", ("a", "b", "c"), ("a", "b", "c"), np.array([[0.1, 0.5, 0.9], [0.3, 0.2, 0.1], [0.8, 0.6, 0.4]])
    )
    assert matrix.wins == 1
    lines = list(matrix_table(matrix))
    assert "| a | **0.100** | 0.500 | 0.900 |" in lines and "| b | 0.300 | 0.200 | 0.100 |" in lines
    assert any("wins 1 of 3" in line for line in lines)


def test_a_useless_embedding_is_measured_as_such(shared):
    """Random vectors: chance on unseen ground, and nothing like the paper's accuracy."""
    rng = np.random.default_rng(7)

    def embed(chips):
        return rng.normal(size=(len(chips), 4)).astype(np.float32) / 2

    scores = paper_scores(embed, 24, 1.0, 1, shared, Quiet())
    assert scores.pairs[0].pairs + scores.pairs[1].pairs == 400 * 400
    assert scores.pairs[0].accuracy < 0.8 and abs(scores.pairs[0].balanced - 0.5) < 0.1
    first = scores.retrieved[0]
    assert abs(first.ranking.recall(1) - first.chance[1]) < 0.15 and first.chance[1] == pytest.approx(0.25)
    # Swiss cheese is one unseen chip: it is not asked for.
    assert set(first.ranking.labels) == {0, 1, 2} and len(first.ranking.queries) == 47 + 45 + 20
    assert scores.matrices[0].rows == LANDFORMS and scores.alike_error > 0.3
    assert scores.earth.dunes == 40 and scores.earth.rest == 249 and scores.earth.gallery_share == 0.25
    lines = list(paper_tables(paper_card("x", 1), scores))
    assert f"{100 * scores.pairs[0].accuracy:.2f} %" in "\n".join(lines)
    assert sum(line.startswith("|") for line in lines) > 20


def test_only_the_part_on_analogues_is_rewritten(tmp_path):
    document = tmp_path / "accuracy.md"
    document.write_text(f"a\n<!-- generated: begin -->\nchange\n<!-- generated: end -->\n{BEGIN}\nold\n{END}\nlast\n")
    rewrite(document, ["new"], (BEGIN, END))
    text = document.read_text()
    assert "change" in text and "old" not in text and f"{BEGIN}\n\nnew\n\n{END}\nlast\n" in text
