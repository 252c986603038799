import { AnysizeError } from '../../../core/errors.ts';
import { IMAGENET_ADDRESSES } from '../../../core/labels/imagenetAddresses.ts';

/**
 * The absolute address of a model that a person typed, which may be relative to the page.
 * @throws AnysizeError `BadArgument` for what is no address, or one that the page's Content-Security-Policy would refuse
 */
export function labelsAddress(typed: string, page: string): string {
  const text = typed.trim();
  if (text === '') return '';
  if (!URL.canParse(text, page)) throw new AnysizeError('BadArgument', `${text} is not an address.`);
  const url = new URL(text, page);
  const allowed = [page, ...IMAGENET_ADDRESSES].map((address) => new URL(address).origin);
  if (!allowed.includes(url.origin)) {
    throw new AnysizeError(
      'BadArgument',
      `This page may not fetch from ${url.host}: it only talks to its own host and the official model's. ` +
        'Put the model on this host, or choose its folder.',
    );
  }
  return url.href;
}
