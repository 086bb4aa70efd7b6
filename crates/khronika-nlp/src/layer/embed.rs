//! Hash embeddings: a number falls on four rows of a table, whose sum stands for it.

use super::dense::{Linear, Matrix};
use super::table::Table;
use super::vectors::Vectors;
use crate::error::Result;
use crate::lexicon::{Lexicon, Word};
use crate::package::thinc::Model;
use crate::text::hash::embedding_rows;
use crate::text::lexeme::Attribute;

/// A table for an attribute.
#[derive(Debug)]
struct Hashed {
    attribute: Attribute,
    seed: u32,
    table: Table,
}

/// All that a word is looked up in, side by side.
#[derive(Debug)]
pub(crate) struct Embedding {
    tables: Vec<Hashed>,
    /// From word vectors to as many numbers as a table gives.
    vectors: Option<Matrix>,
    pub(crate) width: usize,
    pub(crate) heeds_space: bool,
}

impl Embedding {
    pub(crate) fn read(model: &Model<'_>, vectors: Option<&Vectors>) -> Result<Self> {
        let columns = model.texts(model.first("extract_features")?, "columns")?;
        let mut tables = Vec::new();
        for node in model.named("hashembed") {
            let column = usize::try_from(model.number(node, "column")?).unwrap_or(usize::MAX);
            let name =
                columns.get(column).ok_or_else(|| model.damaged("a table is for an attribute that is not named"))?;
            let ([rows, cols], numbers) = model.numbers::<2>(node, "E")?;
            if rows * cols == 0 {
                return Err(model.damaged("a table is empty"));
            }
            let seed = u32::try_from(model.number(node, "seed")?).unwrap_or(0);
            let table = Table::new(rows, cols, numbers);
            tables.push((column, Hashed { attribute: Attribute::named(name)?, seed, table }));
        }
        tables.sort_by_key(|(column, _)| *column);
        let tables: Vec<_> = tables.into_iter().map(|(_, table)| table).collect();
        let projection = match model.named("static_vectors").next() {
            None => None,
            Some(node) => {
                let ([outputs, inputs], w) = model.array::<2>(node, "W")?;
                if Some(inputs) != vectors.map(Vectors::width) {
                    return Err(model.damaged("it needs word vectors that the package does not have"));
                }
                let mut data = vec![0.0; w.len()];
                for (o, row) in w.chunks_exact(inputs.max(1)).enumerate() {
                    for (i, &x) in row.iter().enumerate() {
                        if let Some(cell) = data.get_mut(i * outputs + o) {
                            *cell = x;
                        }
                    }
                }
                Some(Matrix { rows: inputs, cols: outputs, data })
            }
        };
        let width =
            tables.iter().map(|hashed| hashed.table.cols).sum::<usize>() + projection.as_ref().map_or(0, |w| w.cols);
        let heeds_space = tables.iter().any(|hashed| hashed.attribute == Attribute::Spacy);
        Ok(Self { tables, vectors: projection, width, heeds_space })
    }

    /// Puts a word's numbers into `out`, which is as wide as the embedding.
    pub(crate) fn put(&self, lexicon: &Lexicon, vectors: Option<&Vectors>, word: Word, spacy: bool, out: &mut [f32]) {
        out.fill(0.0);
        let Some(lexeme) = lexicon.lexeme(word) else { return };
        let mut rest = out;
        for Hashed { attribute, seed, table } in &self.tables {
            let (here, after) = rest.split_at_mut(table.cols.min(rest.len()));
            rest = after;
            for hash in embedding_rows(lexeme.attribute(*attribute, spacy), *seed) {
                table.add_row(hash as usize % table.rows, here);
            }
        }
        if let (Some(projection), Some(vectors)) = (&self.vectors, vectors) {
            let mut vector = vec![0.0; vectors.width()];
            if vectors.put(lexeme, &mut vector) {
                for (x, weights) in vector.iter().zip(projection.data.chunks_exact(projection.cols)) {
                    for (out, w) in rest.iter_mut().zip(weights) {
                        *out += x * w;
                    }
                }
            }
        }
    }
}

/// Reads the one layer of a name that is not another.
pub(crate) fn only_linear(model: &Model<'_>, not: Option<usize>) -> Result<Linear> {
    let node = model.nodes.iter().enumerate().find(|(i, node)| node.name == "linear" && Some(*i) != not);
    let (_, node) = node.ok_or_else(|| model.damaged("it has no linear layer"))?;
    Linear::read(model, node)
}
