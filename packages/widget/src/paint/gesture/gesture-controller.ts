import {
  GestureMachine,
  LONG_PRESS_MS,
  type GestureHost,
  type GesturePoint,
  type PointerSample,
  type WheelSample,
} from './gesture-machine.js';
import { keyAction, type KeyAction } from './key-action.js';

/** The machine's host, and what a key asks. */
export interface GestureListener extends GestureHost {
  /** Returns false to leave the key to the page. */
  key(action: KeyAction): boolean;
}

/** A line of text is about 16 px high, a page is taken as 400 px: browsers report wheels in any of the three units. */
const WHEEL_UNIT_PX = [1, 16, 400] as const;

/** Listens to pointers, wheel and keys of an element. Returns the way to stop. */
export function listenToGestures(element: HTMLElement, listener: GestureListener): () => void {
  const machine = new GestureMachine(listener);
  const stop = new AbortController();
  const { signal } = stop;
  let longPress: ReturnType<typeof setTimeout> | undefined;

  // `pan-y` leaves vertical swipes to the page, which then cancels the pointer; everything else comes to us.
  element.style.setProperty('touch-action', listener.isCooperative ? 'pan-y' : 'none');

  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const sample = sampleOf(element, event);
    machine.down(sample);
    capture(element, event.pointerId);
    clearTimeout(longPress);
    if (sample.type === 'touch') longPress = setTimeout(() => machine.held(sample.id), LONG_PRESS_MS);
  };
  const onMove = (event: PointerEvent): void => machine.move(sampleOf(element, event));
  const onUp = (event: PointerEvent): void => {
    clearTimeout(longPress);
    machine.up(sampleOf(element, event));
  };
  const onCancel = (event: PointerEvent): void => {
    clearTimeout(longPress);
    machine.cancel(event.pointerId);
  };
  const onLeave = (event: PointerEvent): void => {
    // A lifted finger leaves too, and its crosshair stays to be read.
    if (event.pointerType !== 'touch') machine.leave();
  };
  const onWheel = (event: WheelEvent): void => {
    if (machine.wheel(wheelOf(element, event))) event.preventDefault();
  };
  const onTouchMove = (event: TouchEvent): void => {
    if (machine.ownsTouch && event.cancelable) event.preventDefault();
  };
  const onKey = (event: KeyboardEvent): void => {
    const action = keyAction(event);
    if (action !== undefined && listener.key(action)) event.preventDefault();
  };

  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onCancel, { signal });
  element.addEventListener('pointerleave', onLeave, { signal });
  element.addEventListener('wheel', onWheel, { signal, passive: false });
  element.addEventListener('touchmove', onTouchMove, { signal, passive: false });
  element.addEventListener('keydown', onKey, { signal });
  return () => {
    clearTimeout(longPress);
    stop.abort();
  };
}

/** A script's own pointer events name pointers the browser does not know and may not be captured. */
function capture(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}

function wheelOf(element: HTMLElement, event: WheelEvent): WheelSample {
  const px = WHEEL_UNIT_PX[event.deltaMode as 0 | 1 | 2];
  return {
    ...pointOf(element, event),
    deltaX: event.deltaX * px,
    deltaY: event.deltaY * px,
    hasModifier: event.ctrlKey || event.metaKey,
    hasShift: event.shiftKey,
  };
}

function sampleOf(element: HTMLElement, event: PointerEvent): PointerSample {
  const type = event.pointerType === 'touch' || event.pointerType === 'pen' ? event.pointerType : 'mouse';
  return { ...pointOf(element, event), id: event.pointerId, type, time: event.timeStamp };
}

function pointOf(element: HTMLElement, event: MouseEvent): GesturePoint {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left - element.clientLeft, y: event.clientY - box.top - element.clientTop };
}
