import { useMemo } from 'react';
import { LiveCamera } from '../../features/camera/LiveCamera.tsx';
import { queue } from '../../features/classify/list/queue.ts';
import type { LiveInspection } from '../../client/live/useLiveInspection.ts';
import { PyramidPanel } from '../../features/pyramid/PyramidPanel.tsx';
import { headName } from '../../store/heads.ts';
import { useAppState } from '../../store/store.ts';

/** The pyramid of what the camera sees. */
function LivePyramid({ inspection, error }: LiveInspection) {
  const { pyramidView, settings, heads } = useAppState('pyramidView', 'settings', 'heads');
  const { changePyramidView, changeSettings } = useAppState('changePyramidView', 'changeSettings');
  const view = useMemo(() => ({ ...pyramidView, channel: pyramidView.channel ?? 0 }), [pyramidView]);
  const image = useMemo(() => inspection && { name: 'camera', inspection }, [inspection]);
  return (
    <PyramidPanel
      image={image}
      pinned={null}
      headName={(inspection && headName(inspection, heads)) ?? ''}
      channelChosen={pyramidView.channel !== null}
      view={view}
      pyramid={settings.pyramid}
      error={error && inspection ? error : null}
      onView={changePyramidView}
      onPyramid={(changes) => {
        if (changes.levels) changePyramidView({ bin: null, pointed: null, gridLevel: 0 });
        changeSettings({ pyramid: { ...settings.pyramid, ...changes } });
      }}
      onSize={(policy) => changeSettings({ policy })}
      onPin={null}
      onUnpin={() => {}}
    />
  );
}

/** Classify through the camera, with the pyramid. */
export function LiveView() {
  const { openCamera } = useAppState('openCamera');
  return (
    <LiveCamera
      onClose={() => openCamera(false)}
      onPhoto={(file) => queue.add([{ file, path: file.name }])}
      renderPyramid={(live) => <LivePyramid {...live} />}
    />
  );
}
