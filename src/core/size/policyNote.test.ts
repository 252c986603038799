import { describe, expect, it } from 'vitest';
import { policyNote } from './policyNote.ts';
import type { SizePolicy } from './policies/policies.ts';

const area: SizePolicy = { kind: 'area', side: 300 };

describe('policyNote', () => {
  it('compares the whole photo, Crop and Warp with ImageNet’s names, without a number whose photos no one knows', () => {
    expect(policyNote(area, 'imagenet')).toContain('as often as with Crop 224');
    expect(policyNote({ kind: 'crop' }, 'imagenet')).toContain('as often as with the whole photo at 300');
    expect(policyNote({ kind: 'warp' }, 'imagenet')).toContain('less often than with the whole photo at 300');
    for (const policy of [area, { kind: 'crop' }, { kind: 'area', side: 560 }] satisfies SizePolicy[])
      expect(policyNote(policy, 'imagenet')).not.toMatch(/test photos/);
  });

  it('says nothing of ImageNet labels under a trained head, nor of classes without a head', () => {
    const policies: SizePolicy[] = [
      area,
      { kind: 'area', side: 560 },
      { kind: 'fit', side: 256 },
      { kind: 'native', maxPixels: 1e6 },
      { kind: 'crop' },
      { kind: 'warp' },
    ];
    for (const policy of policies) {
      expect(policyNote(policy, { id: 'a' })).not.toMatch(/ImageNet|labels/);
      expect(policyNote(policy, 'none')).not.toMatch(/ImageNet|labels|classes/);
    }
    expect(policyNote(area, { id: 'a' })).toContain('best on average for classes trained here');
  });

  it('says of large sizes what they cost, and not what the default gains', () => {
    const large = policyNote({ kind: 'area', side: 560 }, 'imagenet');
    expect(large).toContain('less than half as often');
    expect(large).not.toContain('Crop 224');
    expect(policyNote({ kind: 'area', side: 560 }, { id: 'a' })).toContain('features worse');
  });
});
