import { counted } from '@/components/ui/counted'
import type { ApiError } from '@/lib/client/http'

/** Describes why a sign-in failed, with advice. */
export function signInProblem(
  error: Pick<ApiError, 'message'> & Partial<Pick<ApiError, 'kind' | 'reason' | 'retryAfterSeconds'>>,
): { title: string; advice: string } {
  if (error.reason === 'wrong_code') {
    return {
      title: 'This code does not count',
      advice: 'It is wrong, or was used before. Enter the next one that your app shows.',
    }
  }
  if (error.reason === 'second_step_over') {
    return {
      title: 'This sign-in is over',
      advice: 'It was already finished, or took more than five minutes. Start again.',
    }
  }
  if (error.kind === 'unauthenticated') {
    return {
      title: 'Email address or password is wrong',
      advice: 'Check both and try again. Upper and lower case matter in the password.',
    }
  }
  if (error.kind === 'too-many') {
    return { title: 'Too many attempts', advice: `Wait ${waitWords(error.retryAfterSeconds)}, then try again.` }
  }
  return { title: 'You were not signed in', advice: error.message }
}

function waitWords(seconds: number | undefined): string {
  if (seconds === undefined) return 'a few minutes'
  if (seconds < 60) return counted(seconds, 'second')
  const minutes = Math.ceil(seconds / 60)
  return counted(minutes, 'minute')
}
