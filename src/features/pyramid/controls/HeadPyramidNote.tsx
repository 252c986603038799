import type { PyramidOptions } from '../../../core/model.ts';
import { pyramidWords } from '../../../core/pyramid/pyramidWords.ts';
import { visibleName } from '../../../ui/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';

export interface HeadPyramidNoteProps {
  /** What the trained head is called. */
  headName: string;
  headPyramid: PyramidOptions;
  onShow: (pyramid: PyramidOptions) => void;
}

/** Where another pyramid is shown than the head's: why there is no evidence in its bins, and the way to those that have it. */
export function HeadPyramidNote({ headName, headPyramid, onShow }: HeadPyramidNoteProps) {
  return (
    <Note actions={<Button onClick={() => onShow(headPyramid)}>Show its pyramid</Button>}>
      <bdi>{visibleName(headName)}</bdi> was trained on {pyramidWords(headPyramid)}: the bins shown here have no
      evidence.
    </Note>
  );
}
