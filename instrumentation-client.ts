// Next runs this before any module of a page.
import './lib/client/interpreted-schemas'
