/**
 * A page is shown before its scripts have run, and a click on one of its buttons would be lost until then. This script of the page
 * itself holds the last one, for `EarlyClicks`.
 */
export const earlyClicksScript = `{
  let held = null
  const hold = (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held = button
  }
  addEventListener('click', hold, true)
  window.endEarlyClicks = () => {
    removeEventListener('click', hold, true)
    return held
  }
}`
