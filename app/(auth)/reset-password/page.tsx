import { ResetPasswordPage } from '@/components/session/reset-password-page'

export const metadata = { title: 'New password' }

export default function Page() {
  return <ResetPasswordPage />
}
