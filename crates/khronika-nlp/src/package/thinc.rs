//! Model files: a list of nodes with attributes and arrays, in breadth-first order.

use half::f16;

use super::msgpack::Value;
use crate::error::{Error, Result};

/// The numbers of an array, as they lie in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers<'a> {
    /// Floats of four bytes.
    Full(&'a [[u8; 4]]),
    /// Floats of two bytes: the upper ones and the lower ones.
    Half(&'a [u8], &'a [u8]),
}

impl<'a> Numbers<'a> {
    /// Floats of four bytes, as NumPy names them, or of two, as packs do.
    pub(crate) fn read(kind: &str, bytes: &'a [u8]) -> std::result::Result<Self, &'static str> {
        let cut = "an array's data is cut short";
        match kind {
            "<f4" => match bytes.as_chunks::<4>() {
                (items, []) => Ok(Self::Full(items)),
                _ => Err(cut),
            },
            PACKED => {
                let (upper, lower) = bytes.split_at(bytes.len() / 2);
                if upper.len() == lower.len() { Ok(Self::Half(upper, lower)) } else { Err(cut) }
            }
            _ => Err("an array is of numbers of another kind than f32"),
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Self::Full(items) => items.len(),
            Self::Half(upper, _) => upper.len(),
        }
    }

    /// All numbers.
    pub(crate) fn floats(self) -> Vec<f32> {
        match self {
            Self::Full(items) => items.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            Self::Half(upper, lower) => {
                upper.iter().zip(lower).map(|(&upper, &lower)| widened(u16::from_be_bytes([upper, lower]))).collect()
            }
        }
    }
}

/// The float of four bytes that equals a finite one of two: the exponent is moved by a product, which is exact.
pub(crate) fn widened(half: u16) -> f32 {
    /// Two to the power of 112, by which the exponents of the two kinds differ.
    const SCALE: f32 = f32::from_bits(0x7780_0000);
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = f32::from_bits(u32::from(half & 0x7FFF) << 13) * SCALE;
    f32::from_bits(magnitude.to_bits() | sign)
}

/// An array of numbers in row-major order.
#[derive(Clone, Debug)]
pub(crate) struct Array<'a> {
    pub(crate) shape: Vec<usize>,
    pub(crate) numbers: Numbers<'a>,
}

impl<'a> Array<'a> {
    /// From a map of `nd`, `type`, `shape`, `data`, or nothing where the value is no array.
    fn read(value: &Value<'a>) -> Option<std::result::Result<Self, &'static str>> {
        value.get("nd")?;
        Some(Self::read_parts(value))
    }

    fn read_parts(value: &Value<'a>) -> std::result::Result<Self, &'static str> {
        let kind = value.get("type").and_then(Value::as_str).ok_or("an array has no type")?;
        let bytes = value.get("data").and_then(Value::as_bytes).ok_or("an array has no data")?;
        let shape = value.get("shape").and_then(Value::as_list).ok_or("an array has no shape")?;
        let shape: Option<Vec<_>> = shape.iter().map(Value::as_usize).collect();
        let shape = shape.ok_or("an array's shape is no list of sizes")?;
        let numbers = Numbers::read(kind, bytes)?;
        let size = shape.iter().try_fold(1_usize, |n, &d| n.checked_mul(d)).ok_or("an array's shape is too large")?;
        if size != numbers.len() {
            return Err("an array's shape and its data differ");
        }
        Ok(Self { shape, numbers })
    }
}

/// Smaller arrays are kept as they are in packs: they cost little and matter much.
pub(crate) const LEAST_PACKED: usize = 4096;
/// The kind of arrays in packs: floats of two bytes, all upper bytes before all lower ones. The upper ones, a sign and an exponent,
/// shrink to five eighths in an archive; the lower ones, like noise, do not shrink.
pub(crate) const PACKED: &str = "<f2 planes";

/// A large array in half its size, or nothing where the value is no such array.
pub(crate) fn pack(value: &Value<'_>) -> std::result::Result<Option<Vec<u8>>, &'static str> {
    let Some(array) = Array::read(value) else { return Ok(None) };
    let numbers = array?.numbers;
    Ok((numbers.len() >= LEAST_PACKED).then(|| halves(numbers)))
}

/// Numbers in the form of packs.
pub(crate) fn halves(numbers: Numbers<'_>) -> Vec<u8> {
    let halves: Vec<[u8; 2]> = numbers.floats().into_iter().map(|x| f16::from_f32(x).to_be_bytes()).collect();
    halves.iter().map(|[upper, _]| *upper).chain(halves.iter().map(|[_, lower]| *lower)).collect()
}

/// Puts what [`pack`] gave in an array's place.
pub(crate) fn put_packed<'a>(value: &mut Value<'a>, packed: &'a [u8]) {
    let Value::Map(pairs) = value else { return };
    for (key, value) in pairs {
        match key.as_str().map(str::as_bytes).or_else(|| key.as_bytes()) {
            Some(b"type") => *value = Value::Str(PACKED),
            Some(b"data") => *value = Value::Bytes(packed),
            _ => {}
        }
    }
}

/// A layer of a model.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) name: &'a str,
    refs: Vec<(&'a str, usize)>,
    attrs: Vec<(&'a str, &'a [u8])>,
    params: Vec<(&'a str, Array<'a>)>,
}

/// A model file. Its arrays stay in the file's bytes until they are asked for.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    file: String,
    pub(crate) nodes: Vec<Node<'a>>,
}

impl<'a> Model<'a> {
    /// Reads the file called `file`.
    pub(crate) fn read(bytes: &'a [u8], file: &str) -> Result<Self> {
        let damaged = |what: &str| Error::damaged(file, what);
        let root = Value::read(bytes, file)?;
        let list = |key: &str| {
            root.get(key).and_then(Value::as_list).ok_or_else(|| damaged(&format!("it has no list of {key}")))
        };
        let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(damaged("its lists differ in length"));
        }
        let read = |((node, attrs), params): ((&Value<'a>, &Value<'a>), &Value<'a>)| -> Result<Node<'a>> {
            let name = node.get("name").and_then(Value::as_str).ok_or_else(|| damaged("a node has no name"))?;
            let refs = node.get("refs").and_then(Value::as_map).unwrap_or_default();
            let refs = refs.iter().filter_map(|(k, v)| Some((k.as_str()?, v.as_usize()?))).collect();
            let attrs = attrs.as_map().unwrap_or_default();
            let attrs = attrs.iter().filter_map(|(k, v)| Some((k.as_str()?, v.as_bytes()?))).collect();
            let mut arrays = Vec::new();
            for (key, value) in params.as_map().unwrap_or_default() {
                if let (Some(key), Some(array)) = (key.as_str(), Array::read(value)) {
                    arrays.push((key, array.map_err(damaged)?));
                }
            }
            Ok(Node { name, refs, attrs, params: arrays })
        };
        let nodes = nodes.iter().zip(attrs).zip(params).map(read).collect::<Result<_>>()?;
        Ok(Self { file: file.to_owned(), nodes })
    }

    /// The nodes that bear a name, in their order.
    pub(crate) fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node<'a>> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// The first node that bears a name.
    pub(crate) fn first(&self, name: &str) -> Result<&Node<'a>> {
        self.nodes.iter().find(|node| node.name == name).ok_or_else(|| self.damaged(&format!("it has no layer {name}")))
    }

    /// The node that the model's first node refers to by a name.
    pub(crate) fn part(&self, name: &str) -> Result<&Node<'a>> {
        self.part_index(name)
            .and_then(|i| self.nodes.get(i))
            .ok_or_else(|| self.damaged(&format!("it does not say where its part {name} is")))
    }

    /// The place of the node that the model's first node refers to by a name.
    pub(crate) fn part_index(&self, name: &str) -> Option<usize> {
        self.nodes.first()?.refs.iter().find(|(k, _)| *k == name).map(|(_, i)| *i)
    }

    /// An array of a node, which must have as many dimensions as are named.
    pub(crate) fn array<const N: usize>(&self, node: &Node<'a>, key: &str) -> Result<([usize; N], Vec<f32>)> {
        let (shape, numbers) = self.numbers(node, key)?;
        Ok((shape, numbers.floats()))
    }

    /// The same, as it lies in the file.
    pub(crate) fn numbers<const N: usize>(&self, node: &Node<'a>, key: &str) -> Result<([usize; N], Numbers<'a>)> {
        let missing = || self.damaged(&format!("the layer {} has no array {key} of {N} dimensions", node.name));
        let array = node.params.iter().find(|(k, _)| *k == key).map(|(_, a)| a).ok_or_else(missing)?;
        let shape: [usize; N] = array.shape.as_slice().try_into().map_err(|_| missing())?;
        Ok((shape, array.numbers))
    }

    /// A number among a node's attributes.
    pub(crate) fn number(&self, node: &Node<'_>, key: &str) -> Result<u64> {
        self.attr(node, key, |value| value.as_u64())
    }

    /// A list of texts among a node's attributes.
    pub(crate) fn texts(&self, node: &Node<'_>, key: &str) -> Result<Vec<String>> {
        self.attr(node, key, |value| value.as_list()?.iter().map(|v| v.as_str().map(str::to_owned)).collect())
    }

    fn attr<T>(&self, node: &Node<'_>, key: &str, read: impl Fn(&Value<'_>) -> Option<T>) -> Result<T> {
        let missing = || self.damaged(&format!("the layer {} has no attribute {key}", node.name));
        let bytes = node.attrs.iter().find(|(k, _)| *k == key).map(|(_, b)| b).ok_or_else(missing)?;
        read(&Value::read(bytes, &self.file)?).ok_or_else(missing)
    }

    /// An error about this file.
    pub(crate) fn damaged(&self, what: &str) -> Error {
        Error::damaged(&self.file, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_come_back_as_halves() {
        let data: Vec<f32> = (0..8192_u16).map(|i| (f32::from(i) * 0.7).sin() * f32::from(i % 7)).collect();
        let bytes: Vec<u8> = data.iter().flat_map(|x| x.to_le_bytes()).collect();
        let mut value = Value::Map(vec![
            (Value::Str("nd"), Value::Bool(true)),
            (Value::Str("type"), Value::Str("<f4")),
            (Value::Str("shape"), Value::List(vec![Value::Int(128), Value::Int(64)])),
            (Value::Str("data"), Value::Bytes(&bytes)),
        ]);
        let packed = pack(&value).unwrap().unwrap();
        put_packed(&mut value, &packed);
        let again = Array::read(&value).unwrap().unwrap();
        assert_eq!(again.shape, [128, 64]);
        assert!(data.iter().zip(again.numbers.floats()).all(|(a, b)| (a - b).abs() <= a.abs() / 2048.0));
    }

    #[test]
    fn every_finite_half_is_widened_to_its_equal() {
        for bits in (0..=u16::MAX).filter(|bits| f16::from_bits(*bits).is_finite()) {
            assert_eq!(widened(bits).to_bits(), f16::from_bits(bits).to_f32().to_bits(), "{bits:x}");
        }
    }
}
