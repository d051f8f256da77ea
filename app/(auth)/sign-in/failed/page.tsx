import { SignInFailedPage } from '@/components/session/sign-in-failed-page'

export const metadata = { title: 'Not signed in' }

export default function Page() {
  return <SignInFailedPage />
}
