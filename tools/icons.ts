/**
 * `npm run icons`: draws public/favicon.svg as the PNG icons that installing needs, into public/icons.
 * Maskable and Apple icons are cut to shape by the system: there the ground fills the square and the drawing keeps to the safe zone.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { browserLaunch } from './browser.ts';

/** `share`: of the side that the drawing takes. */
const ICONS = [
  { file: 'icon-192.png', side: 192, share: 1 },
  { file: 'icon-512.png', side: 512, share: 1 },
  // The drawing's corners lie at 95 % of half the side from the centre; the safe zone is a circle of 80 %.
  { file: 'maskable-512.png', side: 512, share: 0.84 },
  { file: 'apple-touch-180.png', side: 180, share: 0.92 },
];

const svg = readFileSync('public/favicon.svg', 'utf8');
const ground = /<rect[^>]*fill="([^"]+)"/.exec(svg)?.[1];
if (ground === undefined) throw new Error('public/favicon.svg has no ground to fill the square with.');
mkdirSync('public/icons', { recursive: true });
const browser = await chromium.launch(browserLaunch('whole'));
try {
  for (const { file, side, share } of ICONS) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    const around = share < 1 ? ground : 'transparent';
    const drawing = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${around}">
       <img src="${drawing}" style="width:${share * 100}vw"></body>`,
    );
    await page.screenshot({ path: `public/icons/${file}`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
