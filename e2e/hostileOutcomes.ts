import type { ErrorName } from '../src/core/errors.ts';

export type HostileOutcome = 'ok' | { readonly error: ErrorName };

/**
 * What becomes of each image file of `images/hostile` in the test data, in Chromium with the default limits: read, or refused with a named
 * error. Judged by content: names, extensions and folders change nothing.
 */
export const HOSTILE_OUTCOMES: Readonly<Record<string, HostileOutcome>> = {
  '01_zero_byte.jpg': { error: 'UnreadableImage' },
  '02_one_byte.png': { error: 'UnreadableImage' },
  '03_text_as.jpg': { error: 'UnsupportedFormat' },
  '04_html_as.png': { error: 'UnsupportedFormat' },
  '05_exe_as.jpg': { error: 'UnsupportedFormat' },
  '06_random_64k.jpg': { error: 'UnreadableImage' }, // noise after the first marker
  '10_truncated_half.jpg': { error: 'UnreadableImage' }, // half a picture is refused, although an img element would show it
  '11_truncated_header.jpg': { error: 'UnreadableImage' },
  '12_no_eoi.jpg': 'ok', // only the end marker is missing
  '13_truncated.png': { error: 'UnreadableImage' },
  '14_bad_crc.png': 'ok', // Chromium decodes it whole
  '15_corrupt_header.jpg': { error: 'UnreadableImage' },
  '16_truncated_sharp.png': { error: 'UnreadableImage' },
  '20_bomb_20000x20000_1bit.png': { error: 'ImageTooLarge' }, // 400 megapixels
  '21_bomb_30000x30000_gray8.png': { error: 'ImageTooLarge' },
  '22_65536x65536_uint32_limit.png': { error: 'ImageTooLarge' },
  '23_lie_100000x100000.png': { error: 'UnreadableImage' }, // 69 bytes cannot hold that
  '24_zero_dim.png': { error: 'UnreadableImage' },
  '25_neg_dim.png': { error: 'UnreadableImage' },
  '26_lie_65500x65500.jpg': { error: 'UnreadableImage' },
  '27_gif_65535x65535.gif': { error: 'UnreadableImage' }, // its logical screen is 4,295 megapixels, in 35 bytes
  '28_ztxt_bomb.png': 'ok', // 1 × 1; its text is never unpacked
  '29_giant_image.jpg': { error: 'ImageTooLarge' }, // 280 megapixels for real
  '30_shape_1x1.png': 'ok',
  '30_shape_2x2.png': 'ok',
  '30_shape_31x31.png': 'ok',
  '30_shape_32x32.png': 'ok',
  '30_shape_33x33.png': 'ok',
  '30_shape_1x5000.png': 'ok',
  '30_shape_5000x1.png': 'ok',
  '30_shape_16x4000.png': 'ok',
  '30_shape_6000x24.png': 'ok',
  '30_shape_96x96.png': 'ok',
  '30_shape_224x224.png': 'ok',
  '30_shape_257x288.png': 'ok',
  '31_24MP_6000x4000.jpg': 'ok',
  '32_108MP_12000x9000.jpg': 'ok', // below the limit of 134 megapixels
  '40_cmyk.jpg': 'ok',
  '41_cmyk_profile.jpg': 'ok',
  '42_cmyk_no_profile.jpg': 'ok',
  '43_lossless.jpg': { error: 'UnsupportedFormat' }, // no browser decodes SOF3
  '44_gray.jpg': 'ok',
  '45_progressive.jpg': 'ok',
  '46_gray16.png': 'ok',
  '47_rgb16.png': 'ok',
  '48_rgba_gradient.png': 'ok',
  '49_fully_transparent.png': 'ok', // white
  '50_palette.png': 'ok',
  '51_1bit.png': 'ok',
  '60_format.webp': 'ok',
  '60_format.bmp': 'ok',
  '60_format.gif': 'ok',
  '60_format.tiff': { error: 'UnsupportedFormat' },
  '60_format.ico': 'ok',
  '60_format.ppm': { error: 'UnsupportedFormat' },
  '60_format.tga': { error: 'UnsupportedFormat' },
  '60_format.avif': 'ok',
  '60_format.jp2': { error: 'UnsupportedFormat' },
  '61_animated_120f.gif': 'ok',
  '62_animated.webp': 'ok',
  '63_apng.png': 'ok',
  '64_sample.heic': { error: 'UnsupportedFormat' }, // Safari alone decodes HEIC
  '65_fox.avif': 'ok',
  '66_check.svg': 'ok', // 100 × 100 from its viewBox
  '67_svg_no_size.svg': { error: 'UnreadableImage' }, // a browser would guess 300 × 150
  '68_svg_huge.svg': { error: 'ImageTooLarge' },
  '69_svg_script_external.svg': { error: 'UnsupportedFormat' }, // foreignObject
  '70_svg_billion_laughs.svg': { error: 'UnsupportedFormat' }, // entity declarations
  '80_png_named.jpg': 'ok',
  '81_webp_named.jpg': 'ok',
  '82_jpg_named.txt': 'ok',
  '83_noext': 'ok',
  '84_UPPER.JPG': 'ok',
  '85_polyglot_jpg_zip.jpg': 'ok',
  '86_polyglot_gif_js.gif': { error: 'UnreadableImage' }, // no frame before its script
  '87_jpg_comment_html.jpg': 'ok',
  '90_exif_landscape_0.jpg': 'ok',
  '91_exif_portrait_0.jpg': 'ok',
  '90_exif_landscape_1.jpg': 'ok',
  '91_exif_portrait_1.jpg': 'ok',
  '90_exif_landscape_2.jpg': 'ok',
  '91_exif_portrait_2.jpg': 'ok',
  '90_exif_landscape_3.jpg': 'ok',
  '91_exif_portrait_3.jpg': 'ok',
  '90_exif_landscape_4.jpg': 'ok',
  '91_exif_portrait_4.jpg': 'ok',
  '90_exif_landscape_5.jpg': 'ok',
  '91_exif_portrait_5.jpg': 'ok',
  '90_exif_landscape_6.jpg': 'ok',
  '91_exif_portrait_6.jpg': 'ok',
  '90_exif_landscape_7.jpg': 'ok',
  '91_exif_portrait_7.jpg': 'ok',
  '90_exif_landscape_8.jpg': 'ok',
  '91_exif_portrait_8.jpg': 'ok',
  '92_exif_bad_orientation_99.jpg': 'ok',
  '93_exif_html_description.jpg': 'ok',
  '94_png_exif_6.png': 'ok',
  '95_webp_exif_6.webp': 'ok', // turned by us: Chromium does not
  'names/żółć 花 🌹.jpg': 'ok',
  'names/-rf.jpg': 'ok',
  'names/a b  c%2e%2e%2f.jpg': 'ok',
  'names/<img src=x onerror=alert(1)>.jpg': 'ok',
  'names/__proto__.jpg': 'ok',
  'names/constructor': 'ok',
  [`names/${'x'.repeat(240)}.jpg`]: 'ok',
  'names/\u202Egpj.exe.jpg': 'ok',
  'names/.hidden.jpg': 'ok',
  'names/double.jpg.png.jpg': 'ok',
  'class_names/__proto__/1.jpg': 'ok',
  'class_names/constructor/1.jpg': 'ok',
  'class_names/toString/1.jpg': 'ok',
  'class_names/=1+1/1.jpg': 'ok',
  'class_names/<b>x</b>/1.jpg': 'ok',
  [`class_names/${'a'.repeat(200)}/1.jpg`]: 'ok',
  'class_names/ /1.jpg': 'ok',
  'class_names/ünï/1.jpg': 'ok',
};
