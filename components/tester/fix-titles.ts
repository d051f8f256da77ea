import type { FixOption } from './fix-options'

/** Titles of the options. */
export const fixTitles: Record<FixOption['kind'], string> = {
  pipeline: 'Fix the pipeline',
  add: 'Also accept',
  replace: 'Replace',
}
