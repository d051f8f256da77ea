import { zodResolver } from '@hookform/resolvers/zod'
import { SignInInput } from '@/lib/model/person'

/** Checks an email address and a password before they are sent. */
export const resolver = zodResolver(SignInInput)
