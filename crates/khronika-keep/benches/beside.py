#!/usr/bin/env python3
"""tantivy on the texts of the benchmark, beside `speed.rs`.

    cargo bench -p khronika-keep --bench speed -- 200 --texts /tmp/texts
    pip install tantivy==0.27.0
    python3 crates/khronika-keep/benches/beside.py /tmp/texts

It indexes with its default tokenizer (lower case, no stems, no transliteration, no encryption, no journal) and stores the texts, with two
threads and one commit; a query gives the number of hits and the 20 best with snippets.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time

import tantivy


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        questions = json.loads(next(lines))
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", stored=True)
        schema = builder.build()
        with tempfile.TemporaryDirectory() as folder:
            index = tantivy.Index(schema, path=folder)
            size, count, reading = 0, 0, 0.0
            begin, on = time.perf_counter(), time.process_time()
            writer = index.writer(heap_size=200_000_000, num_threads=2)
            while True:
                start = time.perf_counter()
                line = next(lines, None)
                text = json.loads(line) if line else None
                reading += time.perf_counter() - start
                if text is None:
                    break
                writer.add_document(tantivy.Document(words=text))
                size, count = size + len(text.encode()), count + 1
            writer.commit()
            writer.wait_merging_threads()
            took = time.perf_counter() - begin - reading
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            on = time.process_time() - on
            print(f"tantivy: add and index {took:.1f} s, {size / 1e6 / took:.1f} MB/s, processor {on:.1f} s, peak memory {peak} MB, {count} documents")
            index.reload()
            searcher = index.searcher()
            for what, typed in questions:
                query = index.parse_query(typed, ["words"])
                times = []
                for _ in range(5):
                    start = time.perf_counter()
                    found = searcher.search(query, 20, count=True)
                    snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "words")
                    for _, address in found.hits:
                        snippets.snippet_from_doc(searcher.doc(address)).to_html()
                    times.append(time.perf_counter() - start)
                print(f"tantivy: {what}, ranked, 20 snippets {statistics.median(times) * 1000:.2f} ms, {found.count} documents")
            print(f"tantivy: {sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)) >> 20} MB")


main()
