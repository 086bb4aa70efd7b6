//! Pictures as pages: PNG, JPEG, TIFF and HEIC, upright as their makers meant them, in shades of gray.

use std::io::Cursor;

use heic_decoder::HeifError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader};
use khronika_core::{Page, Span, hundredths};
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Raster, Refusal, RemarkKind, Rendition};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use crate::engine::{guarded, luma};
use crate::layout::{self, MOST_PICTURES};

/// No picture of more pixels is unpacked: a page of A3 at 600 dpi has seventy million.
const MOST_PIXELS: u64 = 100_000_000;

/// The long side of a page of A4, in inches: what a picture is taken for that does not say how large it is.
const A4: f64 = 11.69;

/// The pages of a picture file, their words still to be recognised.
pub(crate) fn read(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let work = || match kind {
        Kind::Tiff => tiff_pages(bytes, limits),
        Kind::Heic => heic(bytes),
        _ => single(kind, bytes),
    };
    guarded(work).unwrap_or_else(|| Err(Refusal::Damaged("it broke the parser".to_owned())))
}

fn single(kind: Kind, bytes: &[u8]) -> Result<Rendition, Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| damaged(&e))?;
    let mut decoder = reader.into_decoder().map_err(|e| damaged(&e))?;
    let (width, height) = decoder.dimensions();
    bounded(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let dpi = if kind == Kind::Png { png_dpi(bytes) } else { jpeg_dpi(bytes) };
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| damaged(&e))?;
    picture.apply_orientation(orientation);
    let mut rendition = Rendition::default();
    let gray = gray(picture);
    add(&mut rendition, gray, dpi);
    Ok(rendition)
}

/// What a telephone took: of its planes that of the brightness is all that is needed.
fn heic(bytes: &[u8]) -> Result<Rendition, Refusal> {
    let why = |error: HeifError| match error {
        HeifError::Unsupported(what) => Refusal::Unsupported(format!("it is of a kind that is not read: {what}")),
        other => damaged(&other),
    };
    let about = heic_decoder::probe(bytes).map_err(why)?;
    bounded(size(about.width)?, size(about.height)?)?;
    let decode = || heic_decoder::decode(bytes);
    // A process that is confined can start no thread: this one does all the work. It is in a pool already where it read one before.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let image = alone.map_or_else(|_| decode(), |pool| pool.install(decode)).map_err(why)?;
    let (width, height) = (size(image.width)?, size(image.height)?);
    bounded(width, height)?;
    let deep = image.bit_depth_luma.saturating_sub(8).min(24);
    let pixels: Vec<u8> =
        image.y.iter().map(|shade| u8::try_from((shade >> deep).clamp(0, 255)).unwrap_or(0)).collect();
    if pixels.len() as u64 != u64::from(width) * u64::from(height) {
        return Err(Refusal::Damaged("it holds fewer pixels than it says".to_owned()));
    }
    let mut rendition = Rendition::default();
    add(&mut rendition, (width, height, pixels), None);
    Ok(rendition)
}

fn size(length: usize) -> Result<u32, Refusal> {
    u32::try_from(length).map_err(|_| Refusal::Limit("it has more pixels than are unpacked".to_owned()))
}

fn damaged(error: &dyn std::error::Error) -> Refusal {
    Refusal::Damaged(error.to_string())
}

fn bounded(width: u32, height: u32) -> Result<(), Refusal> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::Limit(format!("it has {width} × {height} pixels, more than are unpacked")));
    }
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged("it has no pixels".to_owned()));
    }
    Ok(())
}

/// Brightness, what is transparent on white.
fn gray(picture: DynamicImage) -> (u32, u32, Vec<u8>) {
    let (width, height) = (picture.width(), picture.height());
    if !picture.color().has_alpha() {
        return (width, height, picture.into_luma8().into_raw());
    }
    let pixels = picture.into_luma_alpha8().into_raw();
    (width, height, pixels.chunks_exact(2).map(on_white).collect())
}

/// A shade with its opacity, on white.
fn on_white(pixel: &[u8]) -> u8 {
    let [shade, alpha] = [0, 1].map(|n| u32::from(pixel.get(n).copied().unwrap_or(255)));
    u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

/// One more page.
fn add(rendition: &mut Rendition, (width, height, gray): (u32, u32, Vec<u8>), dpi: Option<f64>) {
    let long = f64::from(width.max(height));
    // A camera says 72 whatever it took: what would be larger than a large sheet, or tiny, is taken for A4.
    let dpi = dpi.filter(|dpi| (3.0..=25.0).contains(&(long / dpi))).unwrap_or(long / A4);
    let points = |pixels: u32| hundredths(f64::from(pixels) * 72.0 / dpi).max(1);
    let page = u32::try_from(rendition.layout.pages.len()).unwrap_or(u32::MAX);
    rendition.layout.pages.push(Page { span: Span::new(0, 0), width: points(width), height: points(height) });
    if !gray.is_empty() {
        rendition.rasters.push(Raster { page, width, height, gray });
    }
}

/// `pHYs` (PNG specification, 11.3.4.3).
fn png_dpi(bytes: &[u8]) -> Option<f64> {
    let mut at = 8;
    for _ in 0..64 {
        let head = bytes.get(at..at + 8)?;
        let length = usize::try_from(u32::from_be_bytes(head.get(..4)?.try_into().ok()?)).ok()?;
        match head.get(4..)? {
            b"pHYs" => {
                let data = bytes.get(at + 8..at + 17)?;
                let across = u32::from_be_bytes(data.get(..4)?.try_into().ok()?);
                return (data.get(8) == Some(&1)).then(|| f64::from(across) * 0.0254);
            }
            b"IDAT" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
    None
}

/// The density of the JFIF segment (ITU-T T.871).
fn jpeg_dpi(bytes: &[u8]) -> Option<f64> {
    let head = bytes.get(2..20)?;
    let is_jfif = head.get(..2) == Some(&[0xFF, 0xE0]) && head.get(4..9) == Some(b"JFIF\0");
    let across = f64::from(u16::from_be_bytes(head.get(12..14)?.try_into().ok()?));
    match head.get(11)? {
        1 if is_jfif => Some(across),
        2 if is_jfif => Some(across * 2.54),
        _ => None,
    }
}

fn tiff_pages(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let broken = |e: TiffError| damaged(&e);
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(broken)?;
    let mut rendition = Rendition::default();
    let mut left = limits.unpacked;
    let mut missing = Vec::new();
    loop {
        let page = rendition.layout.pages.len();
        let wanted = page >= limits.first_picture;
        let room = left > 0 && rendition.rasters.len() < MOST_PICTURES;
        if wanted && !room {
            missing.push(page);
        }
        match tiff_page(&mut decoder, wanted && room) {
            Ok((pixels, dpi)) => {
                left = left.saturating_sub(pixels.2.len() as u64);
                add(&mut rendition, pixels, dpi);
            }
            Err(refusal) if page == 0 => return Err(refusal),
            Err(refusal) => {
                let place = Some(format!("page {}", page + 1));
                remark(&mut rendition, RemarkKind::Damaged, format!("a page could not be read: {refusal}"), place);
            }
        }
        if !decoder.more_images() {
            break;
        }
        if page + 1 >= limits.pages {
            let what = format!("it has more than {} pages; the rest was left out", page + 1);
            remark(&mut rendition, RemarkKind::Limit, what, None);
            break;
        }
        if let Err(error) = decoder.next_image() {
            let what = format!("what follows page {} is broken: {error}", page + 1);
            remark(&mut rendition, RemarkKind::Damaged, what, None);
            break;
        }
    }
    if !missing.is_empty() {
        rendition.remarks.push(layout::about(RemarkKind::Limit, layout::FURTHER, &missing));
    }
    Ok(rendition)
}

fn remark(rendition: &mut Rendition, kind: RemarkKind, what: String, place: Option<String>) {
    rendition.remarks.push(khronika_read::rendition::Remark { kind, what, place });
}

type Pixels = (u32, u32, Vec<u8>);

/// One page; without its pixels where these are not wanted.
fn tiff_page(decoder: &mut Decoder<Cursor<&[u8]>>, wanted: bool) -> Result<(Pixels, Option<f64>), Refusal> {
    let broken = |e: TiffError| match e {
        TiffError::UnsupportedError(what) => Refusal::Unsupported(format!("it is of a kind that is not read: {what}")),
        other => damaged(&other),
    };
    let (width, height) = decoder.dimensions().map_err(broken)?;
    bounded(width, height)?;
    let colour = decoder.colortype().map_err(broken)?;
    let dpi = match (decoder.get_tag_f32(Tag::XResolution), decoder.get_tag_u32(Tag::ResolutionUnit)) {
        (Ok(across), Ok(3)) => Some(f64::from(across) * 2.54),
        (Ok(across), Ok(2) | Err(_)) => Some(f64::from(across)),
        _ => None,
    };
    let turned = decoder.get_tag_u32(Tag::Orientation).ok().and_then(|n| u8::try_from(n).ok());
    if !wanted {
        let turned = turned.is_some_and(|n| n > 4);
        return Ok((if turned { (height, width, Vec::new()) } else { (width, height, Vec::new()) }, dpi));
    }
    let pixels = decoder.read_image().map_err(broken)?;
    let gray = shades(colour, width, height, pixels)
        .ok_or_else(|| Refusal::Unsupported(format!("its colours ({colour:?}) are not read")))?;
    let picture = image::GrayImage::from_raw(width, height, gray)
        .ok_or_else(|| Refusal::Damaged("it holds fewer pixels than it says".to_owned()))?;
    let mut picture = DynamicImage::ImageLuma8(picture);
    if let Some(orientation) = turned.and_then(Orientation::from_exif) {
        picture.apply_orientation(orientation);
    }
    Ok(((picture.width(), picture.height(), picture.into_luma8().into_raw()), dpi))
}

/// The brightness of unpacked pixels.
fn shades(colour: ColorType, width: u32, height: u32, pixels: DecodingResult) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = match pixels {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(wide) => wide.into_iter().map(|n| (n >> 8) as u8).collect(),
        _ => return None,
    };
    let (wide, high) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let by = |size: usize, shade: fn(&[u8]) -> u8| bytes.chunks_exact(size).map(shade).collect::<Vec<u8>>();
    let rgb = |p: &[u8]| luma(at(p, 0), at(p, 1), at(p, 2));
    let gray = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let per = usize::from(8 / bits);
            let row = wide.div_ceil(per);
            let most = (1_u8 << bits) - 1;
            let mut out = Vec::with_capacity(wide * high);
            for y in 0..high {
                for x in 0..wide {
                    let byte = bytes.get(y * row + x / per)?;
                    let shift = 8 - bits * u8::try_from(x % per + 1).ok()?;
                    out.push(((byte >> shift) & most) * (255 / most));
                }
            }
            out
        }
        ColorType::Gray(_) => bytes,
        ColorType::GrayA(_) => by(2, on_white),
        ColorType::RGB(_) => by(3, rgb),
        ColorType::RGBA(_) => by(4, |p| on_white(&[luma(at(p, 0), at(p, 1), at(p, 2)), at(p, 3)])),
        ColorType::CMYK(_) => by(4, |p| {
            let ink = |n: usize| (u32::from(255 - at(p, n)) * u32::from(255 - at(p, 3)) / 255) as u8;
            luma(ink(0), ink(1), ink(2))
        }),
        ColorType::YCbCr(_) => by(3, |p| at(p, 0)),
        _ => return None,
    };
    (gray.len() == wide * high).then_some(gray)
}

fn at(pixel: &[u8], n: usize) -> u8 {
    pixel.get(n).copied().unwrap_or(0)
}
