import { Camera, FileImage, FolderOpen, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { ExampleOffer, exampleMarks } from '../../../ui/ExampleOffer.tsx';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { AddingStatus } from '../../../ui/files/AddingStatus.tsx';
import { DeletedHead } from '../runs/DeletedHead.tsx';
import styles from './adding.module.css';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { tryExample } from './tryExample.ts';
import { OpenedHeads } from '../runs/OpenedHeads.tsx';
import { type Adding, useClassPicker } from './useClassPicker.ts';

export interface EmptyFineTuneProps {
  adding: Adding;
  /** Opens the camera, which makes the first class with the first photo. */
  onCamera: () => void;
  /** Makes the first class, to be named. */
  onClass: () => void;
  children: ReactNode;
}

/** The tab before there is a class: what to do, something to try it on, and below it what else there is. */
export function EmptyFineTune({ adding, onCamera, onClass, children }: EmptyFineTuneProps) {
  const touch = useMediaQuery('(pointer: coarse)');
  const picker = useClassPicker((files) => adding.add(files, null));
  return (
    <EmptyTab
      line={touch ? 'Add folders of photos: each folder is a class' : 'Drop folders of photos: each folder is a class'}
      more="Ten to a thousand photos a class. They stay on this device; learning takes about a minute."
    >
      <EditOnly>
        <div className={styles['actions']}>
          <Button look="primary" icon={FolderOpen} onClick={picker.pickFolder}>
            Choose a folder
          </Button>
          <Button icon={FileImage} onClick={picker.pickFiles}>
            Photos or a zip
          </Button>
          <Button icon={Camera} onClick={onCamera}>
            Camera
          </Button>
          <Button icon={Plus} onClick={onClass}>
            Class
          </Button>
          {picker.inputs}
        </div>
        <ExampleOffer picture={<Quadrants />} start={tryExample}>
          Drawn images whose class is where a shape stands. Pooling the whole image cannot tell them apart; a pyramid
          can.
        </ExampleOffer>
      </EditOnly>
      <div className={styles['heads']}>
        <OpenedHeads />
        <DeletedHead />
      </div>
      {children}
      <div className={styles['below']}>
        <AddingStatus adding={adding} />
      </div>
    </EmptyTab>
  );
}

/** Two of the example's images: the same shape in different quadrants. */
function Quadrants() {
  return (
    <>
      <rect x="0.5" y="4.5" width="72" height="48" />
      <line x1="36.5" x2="36.5" y1="5" y2="52" />
      <line x1="1" x2="72" y1="28.5" y2="28.5" />
      <circle className={exampleMarks.thing} cx="20" cy="17" r="7" />
      <rect x="96.5" y="0.5" width="44" height="55" />
      <line x1="118.5" x2="118.5" y1="1" y2="55" />
      <line x1="97" x2="140" y1="28.5" y2="28.5" />
      <path className={exampleMarks.thing} d="M122 36h12v12h-12z" />
    </>
  );
}
