import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { Db, Tx } from '@/lib/db/client'
import { databaseKind } from '@/lib/db/client'
import { env } from '@/lib/env'
import { passwordLengthMax, passwordLengthMin } from '@/lib/model/person'
import { hashPassword, verifyPassword } from '@/lib/passwords/hash-password'
import { cookieAttributes, cookiePrefix } from '../own-cookie'

/** How long a session lasts. */
export const sessionSeconds = 12 * 3600

/** Starts and reads sessions without better-auth's own routes: the same row and cookie that its sign-in makes. */
const ownSessions = {
  id: 'own-sessions',
  endpoints: {
    startSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (!user) throw ctx.error('NOT_FOUND')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ id: session.id })
      },
    ),
    /** The secret of the session whose cookie a request brings, if it was signed here; what it is worth, its row says. */
    sessionSecret: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (ctx) => {
      const { authCookies, secret } = ctx.context
      const { name } = authCookies.sessionToken
      const { KEYBOUND_PREVIOUS_SECRET: previous } = env()
      const signedWith = async (one: string) => (await ctx.getSignedCookie(name, one)) || null
      return (await signedWith(secret)) ?? (previous === undefined ? null : await signedWith(previous))
    }),
  },
} satisfies BetterAuthPlugin

/**
 * People's sign-in (better-auth) over a client or a transaction, so that a session and its audit entry are written
 * together. Passwords are hashed with scrypt. Its own HTTP routes are not mounted: our operations call it.
 */
export const authOn = (db: Db | Tx) =>
  betterAuth({
    appName: 'Keybound',
    secret: env().KEYBOUND_SECRET,
    baseURL: env().PUBLIC_URL,
    database: prismaAdapter(db, { provider: databaseKind() }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
      // Its own would run in libuv's pool, without a bound.
      password: { hash: (password) => hashPassword(password), verify: (stored) => verifyPassword(stored) },
    },
    plugins: [ownSessions],
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    // Our routes count attempts themselves, by the address the server believes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: cookiePrefix(),
      // It would put `__Secure-` before our own prefix.
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: 'lax', ...cookieAttributes() },
      database: { generateId: () => crypto.randomUUID() },
    },
  })
