import { afterEach, expect, test, vi } from 'vitest'
import { headersOf, usePeople } from '@/e2e/fixtures/people'
import { env } from '@/lib/env'
import { perProcess } from '@/lib/per-process'
import { systemActing } from '../context'
import { resealAll } from '../installation/reseal'
import { findSessionActor } from './session'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

const people = usePeople()
const former = 'a secret for tests, known to all'
const present = 'another secret for tests, known to all'
const secrets = (KEYBOUND_SECRET: string, KEYBOUND_PREVIOUS_SECRET?: string) => {
  perProcess('env').value = { ...env(), KEYBOUND_SECRET, KEYBOUND_PREVIOUS_SECRET }
}
afterEach(() => secrets(former))

test('people stay signed in while the secret is changed, and their second factors count before and after', async () => {
  const ada = await people.enrolled()
  const begun = await ada.begin()
  const { cookies } = await people.second(begun.cookies, ada.code())
  const isSignedIn = async () => (await findSessionActor(people.anonymous(), headersOf(cookies))) !== null
  const signsIn = async () => {
    people.pass(30)
    return (await people.second((await ada.begin()).cookies, ada.code())).cookies
  }

  secrets(present, former)
  expect(await isSignedIn()).toBe(true)
  const later = await signsIn()
  await resealAll({ ...systemActing('test', people.now), db: people.db }, former)
  await signsIn()
  secrets(present)
  await signsIn()
  expect(await findSessionActor(people.anonymous(), headersOf(later))).not.toBeNull()
  // What only the former secret has signed is worth nothing any more.
  expect(await isSignedIn()).toBe(false)
})

test('a session cookie signed with a secret that is neither is refused', async () => {
  const ada = await people.person()
  secrets('a third secret for tests, known to all')
  const { cookies } = await ada.begin()
  secrets(present, former)
  expect(await findSessionActor(people.anonymous(), headersOf(cookies))).toBeNull()
})
