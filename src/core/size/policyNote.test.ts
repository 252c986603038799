import { describe, expect, it } from 'vitest';
import { policyNote } from './policyNote.ts';
import type { SizePolicy } from './policies/policies.ts';

const area: SizePolicy = { kind: 'area', side: 300 };

describe('policyNote', () => {
  it('gives Area and Crop the same top-1 figure with the ImageNet labels', () => {
    expect(policyNote(area, 'imagenet')).toContain('91.8');
    expect(policyNote({ kind: 'crop' }, 'imagenet')).toContain('91.8');
    expect(policyNote({ kind: 'warp' }, 'imagenet')).toContain('87.0');
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
      expect(policyNote(policy, { id: 'a' })).not.toMatch(/ImageNet|labels|test photos/);
      expect(policyNote(policy, 'none')).not.toMatch(/ImageNet|labels|classes/);
    }
    expect(policyNote(area, { id: 'a' })).toContain('best on average for classes trained here');
  });

  it('says of large sizes what they cost, and not what the default gains', () => {
    const large = policyNote({ kind: 'area', side: 560 }, 'imagenet');
    expect(large).toContain('40\u00a0% at a shorter side of 560');
    expect(large).not.toContain('91.8');
    expect(policyNote({ kind: 'area', side: 560 }, { id: 'a' })).toContain('features worse');
  });
});
