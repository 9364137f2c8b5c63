from __future__ import annotations

import os
from pathlib import Path

import pytest

from passex.errors import InputError
from passex.graph import dataset


def test_the_bundled_graph_is_the_default() -> None:
    bundled = dataset.data_files()
    assert bundled
    assert bundled == dataset.data_files(["bundled"])
    assert all(path.is_relative_to(dataset.root() / "graph") for path in bundled)


def test_data_replaces_the_bundled_graph_and_can_be_combined_with_it(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.touch()
    assert dataset.data_files([str(own)]) == (own,)
    assert dataset.data_files(["bundled", own]) == (*dataset.data_files(), own)


def test_folders_are_searched_in_order_and_files_are_taken_once(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.nt", "sub/c.TRIG", "sub/d.txt", ".git/e.ttl", ".f.ttl", "g.jsonld"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = dataset.data_files([tmp_path, tmp_path / "b.ttl"])
    names = [str(path.relative_to(tmp_path)).replace(os.sep, "/") for path in found]
    assert names == ["a.nt", "b.ttl", "g.jsonld", "sub/c.TRIG"]


def test_a_link_beside_its_file_is_not_a_second_file(tmp_path: Path) -> None:
    (tmp_path / "b.ttl").write_text("")
    (tmp_path / "a.ttl").symlink_to("b.ttl")
    (tmp_path / "c.ttl").symlink_to("c.ttl")
    file, loop = tmp_path / "b.ttl", tmp_path / "c.ttl"
    assert dataset.data_files([tmp_path]) == (file, loop)
    assert dataset.data_files([tmp_path / "a.ttl"]) == (tmp_path / "a.ttl",)
    assert dataset.data_files([file, tmp_path / "a.ttl"]) == (file,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders on this system")
def test_a_pipe_in_a_folder_is_waited_for_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch()
    os.mkfifo(tmp_path / "b.ttl")
    os.mkfifo(tmp_path / "c.json")
    (tmp_path / "d.ttl").symlink_to("b.ttl")
    assert dataset.data_files([tmp_path]) == (tmp_path / "a.ttl",)
    assert dataset.data_files([tmp_path / "b.ttl"]) == (tmp_path / "b.ttl",)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        dataset.data_files([tmp_path / "no.ttl"])
    assert str(error.value) == (f"{tmp_path / 'no.ttl'}: no such file or folder; check the path")


def test_a_folder_without_rdf(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        dataset.data_files([tmp_path])
    assert str(error.value) == (
        f"{tmp_path}: no RDF files in this folder; looked for "
        ".ttl .nt .nq .trig .rdf .jsonld .owl .xml .json .n3 .turtle"
    )


def test_an_extension_that_names_no_format(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.touch()
    with pytest.raises(InputError, match="not the name of an RDF file"):
        dataset.data_files([path])


def test_hdt_is_said_how_to_read(tmp_path: Path) -> None:
    path = tmp_path / "data.hdt"
    path.touch()
    with pytest.raises(InputError) as error:
        dataset.data_files([path])
    said = f"{path}: HDT is not read; make N-Triples of it: hdt2rdf data.hdt data.nt"
    assert str(error.value) == said


def test_a_folder_with_nothing_but_what_is_not_read(tmp_path: Path) -> None:
    for name in ("a.shaclc", "b.shex", "c.SHC", "d.trix", "e.rj", "notes.md", ".f.shex"):
        (tmp_path / name).touch()
    with pytest.raises(InputError) as error:
        dataset.data_files([tmp_path])
    folder = tmp_path.as_posix()
    assert str(error.value) == (
        f"{tmp_path}: no RDF files in this folder; {folder}/a.shaclc, {folder}/b.shex, "
        f"{folder}/c.SHC and 2 more were passed over: SHACL Compact Syntax, ShEx, TriX and "
        "RDF/JSON are not read; write the shapes as SHACL in Turtle; make N-Quads of it; make "
        "Turtle or JSON-LD of it"
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may search every folder")
def test_a_folder_that_may_not_be_searched(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch()
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(InputError, match="cannot be searched"):
        dataset.data_files([tmp_path])


def test_an_installed_package_has_its_own_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "__file__", str(tmp_path / "graph" / "dataset.py"))
    (tmp_path / "data").mkdir()
    assert dataset.root() == tmp_path / "data"


def test_the_shapes_are_no_part_of_the_graph() -> None:
    names = [path.name for path in dataset.ontology_files()]
    assert names[0] == "naval.ttl"
    assert "shapes.ttl" not in names
