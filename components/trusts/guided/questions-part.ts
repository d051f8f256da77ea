import { onDemand } from '@/components/ui/on-demand'

/** The questions, which follow the choice of a platform. */
export const GuideQuestions = onDemand(() => import('./guide-questions').then((module) => module.GuideQuestions))
