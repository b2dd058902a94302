from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.archives import hirise
from marscd_plugin.archives.hirise import HiriseId
from marscd_plugin.common.errors import InputError, MarscdError

ROOT = "https://hirise-pds.lpl.arizona.edu/PDS"
ids = st.builds(
    HiriseId,
    st.sampled_from(hirise.PHASES),
    st.integers(0, 999_999),
    st.integers(0, 9999),
    st.sampled_from(hirise.COLOURS),
)


def test_ids_read_and_written() -> None:
    product = hirise.parse_id(" esp_022267_1380_red ")
    assert product == HiriseId("ESP", 22267, 1380, "RED")
    assert str(product) == "ESP_022267_1380_RED" and product.observation_id == "ESP_022267_1380"
    assert hirise.parse_id("PSP_001330_0910").product_id == "PSP_001330_0910"
    assert hirise.red_of("ESP_022267_1380_COLOR").product_id == "ESP_022267_1380_RED"


@pytest.mark.parametrize(
    "text",
    [
        "", "ESP", "ESP_22267_1380", "ESP_022267_1380_BLUE", "XXX_022267_1380", "ESP_022267_1380_RED.JP2",
        "../ESP_022267_1380", "ESP_022267_1380/..", "ESP_022267_1380_RED\x00", "ESP_022267_1380_RED\nX",
        "/ESP_022267_1380", "ESP_022267_13 80", "ESP_02226\u0667_1380", "ESP_022267_1380_RED" * 1000,
        "C:ESP_022267_1380",
        "ESP_022267_1380_RED;rm",
    ],
)  # fmt: skip
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not a HiRISE id"):
        hirise.parse_id(text)


@given(st.text(max_size=40))
def test_any_text_is_an_id_or_an_input_error(text: str) -> None:
    try:
        product = hirise.parse_id(text)
    except InputError:
        return
    assert str(product) == text.strip().upper()
    assert not set(str(product)) & set("/\\.:\x00")


@given(ids)
def test_ids_come_back_from_their_text_and_their_urls(product: HiriseId) -> None:
    assert hirise.parse_id(str(product)) == product
    for file in hirise.remote_files(ROOT, product):
        assert hirise.role_and_id(file.url) == (file.role, product)
        assert file.url.endswith("/" + file.name)


@pytest.mark.parametrize(
    ("target", "latitude", "day"),
    [
        (0, 0, False), (450, -45, False), (900, -90, True), (1380, -42, True), (1385, -41.5, True), (1720, -8, True),
        (1800, 0, True), (2365, 56.5, True), (2700, 90, True), (3150, 45, False), (3595, 0.5, False),
    ],
)  # fmt: skip
def test_target_codes(target: int, latitude: float, day: bool) -> None:
    assert hirise.latitude_of(target) == latitude
    assert hirise.by_day(target) is day
    assert hirise.target_of(latitude, day) == target


@given(st.floats(-90, 90), st.booleans())
def test_a_code_is_within_a_quarter_degree_of_its_latitude(latitude: float, day: bool) -> None:
    target = hirise.target_of(latitude, day)
    assert target % 5 == 0 and 0 <= target < 3600
    assert abs(hirise.latitude_of(target) - latitude) <= 0.25 + 1e-9


def test_codes_off_the_planet() -> None:
    for target in (9000, 9303, -5):
        with pytest.raises(InputError):
            hirise.latitude_of(target)
    with pytest.raises(InputError):
        hirise.target_of(91)


@given(st.floats(-90, 90), st.floats(0, 5), st.booleans())
def test_candidates_surround_the_latitude_nearest_first(latitude: float, spread: float, day: bool) -> None:
    found = hirise.candidate_targets(latitude, spread, day)
    away = [abs(hirise.latitude_of(c) - latitude) for c in found]
    assert away == sorted(away) and len(set(found)) == len(found)
    assert all(a <= spread + 1e-6 for a in away)
    assert found or spread < 0.25 + 1e-9


def test_the_published_palikir_images_are_among_the_candidates() -> None:
    names = hirise.candidate_names(-41.6, [5943, 22267, 22689, 31102])
    for known in ("PSP_005943_1380_RED", "ESP_022267_1380_RED", "ESP_022689_1380_RED", "ESP_031102_1380_RED"):
        assert known in names
    assert len(names) == 4 * 8
    assert hirise.candidate_names(-41.6, [22267], 0.25, ("RED", "COLOR")) == [
        "ESP_022267_1385_RED",
        "ESP_022267_1385_COLOR",
    ]


def test_orbits_over_palikir_from_one_known_image() -> None:
    """Orbits of the seed list (archives.md, section 8), reckoned from one of them."""
    known = hirise.parse_id("ESP_022267_1380")
    published = {21555, 21911, 22267, 22689, 22834, 23045, 23467, 24034}
    found = hirise.candidate_orbits(202.3, range(21500, 24100), known, 202.3)
    assert published <= set(found)
    assert len(found) < 0.02 * 2600
    assert hirise.candidate_orbits(-157.7, range(21500, 24100), known, 202.3) == found


def test_urls() -> None:
    product = "ESP_022267_1380_RED"
    tree = "ESP/ORB_022200_022299/ESP_022267_1380"
    assert hirise.file_url(ROOT + "/", product, "image") == f"{ROOT}/RDR/{tree}/{product}.JP2"
    assert hirise.file_url(ROOT, product, "label") == f"{ROOT}/RDR/{tree}/{product}.LBL"
    assert hirise.file_url(ROOT, product, "browse") == f"{ROOT}/EXTRAS/RDR/{tree}/{product}.browse.jpg"
    assert "/PSP/ORB_001800_001899/" in hirise.file_url(ROOT, "PSP_001892_1715_COLOR", "image")
    with pytest.raises(InputError):
        hirise.file_url(ROOT, "ESP_022267_1380", "image")


def test_the_label_urls_of_2012_are_rebuilt_from_their_names(shared) -> None:
    lines = (shared / "fixtures/pds/hirise_label_urls_1380_1685.txt").read_text().split()
    assert len(lines) == 145
    for url in lines:
        product = hirise.id_from_url(url)
        assert hirise.file_url("http://hirise-pds.lpl.arizona.edu/PDS", product, "label") == url
        assert hirise.phase_of(product.orbit) == product.phase
        assert product.target in hirise.candidate_targets(hirise.latitude_of(product.target))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h/PDS/RDR/ESP/ORB_022200_022299/ESP_022267_1380/ESP_022267_1380_RED.JP2",
        "https:///PDS/RDR/ESP/ORB_022200_022299/ESP_022267_1380/ESP_022267_1380_RED.JP2",
        "https://h/PDS/RDR/ESP/ORB_022300_022399/ESP_022267_1380/ESP_022267_1380_RED.JP2",
        "https://h/PDS/RDR/ESP/ORB_022200_022299/ESP_022268_1380/ESP_022267_1380_RED.JP2",
        "https://h/PDS/RDR/../RDR/ESP/ORB_022200_022299/ESP_022267_1380/ESP_022267_1380_RED.JP2",
        "https://h/PDS/RDR/ESP/ORB_022200_022299/ESP_022267_1380/ESP_022267_1380_RED.TXT",
        "https://h/PDS/RDR/ESP/ORB_022200_022299/ESP_022267_1380/ESP_022267_1380.JP2",
        "https://h/ESP_022267_1380_RED.JP2",
        "https://[h/PDS",
        "",
    ],
)
def test_other_urls_name_no_product(url: str) -> None:
    assert hirise.role_and_id(url) is None
    with pytest.raises(MarscdError):
        hirise.id_from_url(url)
