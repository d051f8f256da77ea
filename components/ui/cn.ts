import { type ClassValue, clsx } from 'clsx'
import { mergeClasses } from './merge-classes'

/** Joins class names; the later of two conflicting ones wins. */
export const cn = (...classes: ClassValue[]) => mergeClasses(clsx(classes))
