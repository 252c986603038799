export type Rgb = readonly [number, number, number];

/** A palette maps a place on its scale to a colour, sRGB 0…255. Sequential palettes take 0…1, diverging ones -1…1. */
export type Palette = (t: number) => Rgb;

// matplotlib's viridis (van der Walt & Smith, CC0): 256 colours, RRGGBB each.
const VIRIDIS =
  '44015444025645045745055946075a46085c460a5d460b5e470d60470e6147106347116447136548146748166848176948186a481a6c481b6d481c6e481d6f48' +
  '1f70482071482173482374482475482576482677482878482979472a7a472c7a472d7b472e7c472f7d46307e46327e46337f4634804535814537814538824439' +
  '83443a83443b84433d84433e85423f854240864241864142874144874045884046883f47883f48893e49893e4a893e4c8a3d4d8a3d4e8a3c4f8a3c508b3b518b' +
  '3b528b3a538b3a548c39558c39568c38588c38598c375a8c375b8d365c8d365d8d355e8d355f8d34608d34618d33628d33638d32648e32658e31668e31678e31' +
  '688e30698e306a8e2f6b8e2f6c8e2e6d8e2e6e8e2e6f8e2d708e2d718e2c718e2c728e2c738e2b748e2b758e2a768e2a778e2a788e29798e297a8e297b8e287c' +
  '8e287d8e277e8e277f8e27808e26818e26828e26828e25838e25848e25858e24868e24878e23888e23898e238a8d228b8d228c8d228d8d218e8d218f8d21908d' +
  '21918c20928c20928c20938c1f948c1f958b1f968b1f978b1f988b1f998a1f9a8a1e9b8a1e9c891e9d891f9e891f9f881fa0881fa1881fa1871fa28720a38620' +
  'a48621a58521a68522a78522a88423a98324aa8325ab8225ac8226ad8127ad8128ae8029af7f2ab07f2cb17e2db27d2eb37c2fb47c31b57b32b67a34b67935b7' +
  '7937b87838b9773aba763bbb753dbc743fbc7340bd7242be7144bf7046c06f48c16e4ac16d4cc26c4ec36b50c46a52c56954c56856c66758c7655ac8645cc863' +
  '5ec96260ca6063cb5f65cb5e67cc5c69cd5b6ccd5a6ece5870cf5773d05675d05477d1537ad1517cd2507fd34e81d34d84d44b86d54989d5488bd6468ed64590' +
  'd74393d74195d84098d83e9bd93c9dd93ba0da39a2da37a5db36a8db34aadc32addc30b0dd2fb2dd2db5de2bb8de29bade28bddf26c0df25c2df23c5e021c8e0' +
  '20cae11fcde11dd0e11cd2e21bd5e21ad8e219dae319dde318dfe318e2e418e5e419e7e419eae51aece51befe51cf1e51df4e61ef6e620f8e621fbe723fde725';

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

function byte(x: number): number {
  return Math.round(clamp(x, 0, 1) * 255);
}

/** Viridis, for magnitudes: perceptually uniform, dark violet at 0 to yellow at 1. */
export const viridis: Palette = (t) => {
  const entry = Math.round(clamp(t, 0, 1) * 255) * 6;
  const channel = (c: number): number => Number.parseInt(VIRIDIS.slice(entry + c * 2, entry + c * 2 + 2), 16);
  return [channel(0), channel(1), channel(2)];
};

/** Ends and middle of the evidence palette in OKLab (Ottosson 2020): lightness falls alike on both sides. */
const BLUE: Rgb = [0.48, -0.045, -0.145];
const WHITE: Rgb = [0.975, 0, 0];
const ORANGE: Rgb = [0.58, 0.092, 0.112];

function linearToSrgb(x: number): number {
  return x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
}

function oklabToSrgb([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byte(linearToSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    byte(linearToSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    byte(linearToSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  ];
}

/** Blue–white–orange, for evidence: blue at -1 (against), white at 0, orange at 1 (for); mixed in OKLab. */
export const blueWhiteOrange: Palette = (t) => {
  const x = clamp(t, -1, 1);
  const end = x < 0 ? BLUE : ORANGE;
  const share = Math.abs(x);
  const mix = (c: 0 | 1 | 2): number => WHITE[c] + (end[c] - WHITE[c]) * share;
  return oklabToSrgb([mix(0), mix(1), mix(2)]);
};

/** A colour for CSS and canvas. */
export function css([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
export function inkOn(colour: Rgb): '#000000' | '#ffffff' {
  return luminance(colour) > 0.179 ? '#000000' : '#ffffff';
}

/** WCAG relative luminance, 0…1. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Values to colours: where a scale starts and ends, and its palette. `diverging` scales are centred on 0. */
export interface Scale {
  kind: 'sequential' | 'diverging';
  min: number;
  max: number;
}

/** A sequential scale over the given ends; equal ends put every value at the low end. */
export function sequential(min: number, max: number): Scale {
  return { kind: 'sequential', min, max };
}

/** A diverging scale from -extent to extent. */
export function diverging(extent: number): Scale {
  return { kind: 'diverging', min: -extent, max: extent };
}

/** The colour of a value on a scale. */
export function colourOf(scale: Scale, value: number): Rgb {
  if (scale.kind === 'diverging') return blueWhiteOrange(scale.max > 0 ? value / scale.max : 0);
  return viridis(scale.max > scale.min ? (value - scale.min) / (scale.max - scale.min) : 0);
}

/** Colours at even steps along a scale, from its low end to its high one: a gradient's stops. */
export function rampOf(scale: Scale): string[] {
  return Array.from({ length: 17 }, (_, i) => css(colourOf(scale, scale.min + ((scale.max - scale.min) * i) / 16)));
}
