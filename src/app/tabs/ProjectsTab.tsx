import { ProjectsTab as Projects } from '../../features/projects/ProjectsTab.tsx';
import { addToClassify } from '../classify/openInClassify.ts';

/** Several projects, and what is done with them. */
export default function ProjectsTab() {
  return <Projects onPhotos={addToClassify} />;
}
