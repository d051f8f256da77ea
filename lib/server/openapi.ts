import { apis } from '@/lib/apis'
import { toOpenApi } from '@/lib/apis/openapi'
import { env } from '@/lib/env'
import { version } from '@/package.json'
import type { Answer } from './answer'

let made: string | undefined

/** The OpenAPI document of everything we speak, made once per process. */
export function openApi(): Answer {
  made ??= JSON.stringify(toOpenApi(apis, { url: env().PUBLIC_URL, version }))
  return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' }, body: made }
}
