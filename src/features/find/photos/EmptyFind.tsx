import { FileImage, FolderOpen } from 'lucide-react';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { ExampleOffer, exampleMarks } from '../../../ui/ExampleOffer.tsx';
import { AddingStatus } from '../../../ui/files/AddingStatus.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { tryFindExample } from '../train/tryFindExample.ts';
import styles from './photos.module.css';
import { FromFineTune } from './PhotosZone.tsx';
import { type Adding, useFindPicker } from './useFindPicker.ts';

/** The tab before there is a photo: what to do, and something to try it on. */
export function EmptyFind({ adding }: { adding: Adding }) {
  const touch = useMediaQuery('(pointer: coarse)');
  const picker = useFindPicker((files) => adding.add(files, null));
  return (
    <EmptyTab
      line={
        touch ? 'Add photos, then draw boxes around your things' : 'Drop photos, then draw boxes around your things'
      }
      more="Ten photos are enough to begin with. They stay on this device; learning takes about half a minute."
    >
      <EditOnly>
        <div className={styles['actions']}>
          <Button look="primary" icon={FolderOpen} onClick={picker.pickFolder}>
            Choose a folder
          </Button>
          <Button icon={FileImage} onClick={picker.pickFiles}>
            Photos or a zip
          </Button>
          <FromFineTune />
          {picker.inputs}
        </div>
        <ExampleOffer picture={<Scenes />} start={tryFindExample}>
          Drawn scenes with their boxes, learned at once. Boxes that you have already come along: PASCAL VOC, COCO or
          YOLO, in a folder or a zip.
        </ExampleOffer>
      </EditOnly>
      <div className={styles['said']}>
        <AddingStatus adding={adding} />
      </div>
    </EmptyTab>
  );
}

/** Two scenes of different shapes, each with a box around its thing. */
function Scenes() {
  return (
    <>
      <rect x="0.5" y="4.5" width="72" height="48" />
      <circle className={exampleMarks.other} cx="46" cy="24" r="9" />
      <path className={exampleMarks.around} d="M35.5 13.5h21v21h-21z" />
      <rect x="96.5" y="0.5" width="44" height="55" />
      <path className={exampleMarks.other} d="M104 34h14v14h-14z" />
      <path className={exampleMarks.around} d="M101.5 31.5h19v19h-19z" />
    </>
  );
}
