/** Why there is no picture. */
export type CameraProblem = 'denied' | 'missing' | 'busy' | 'unsupported';

/** The highest resolution that helps to read small print; cameras give what they have. */
const WIDTH = 3840;
const HEIGHT = 2160;
const FRAMES_PER_SECOND = 30;

/** Chromium's words for the light of a camera, which the DOM's types lack. */
type WithTorch = MediaTrackCapabilities & { readonly torch?: boolean };

/** The rear camera of this device while it runs. */
export class Camera {
  readonly stream: MediaStream;
  readonly #track: MediaStreamTrack;

  private constructor(stream: MediaStream) {
    this.stream = stream;
    this.#track = stream.getVideoTracks()[0]!;
  }

  /** Asks for the camera. Answers why there is none where there is none. */
  static async open(): Promise<Camera | CameraProblem> {
    if (!navigator.mediaDevices?.getUserMedia) return 'unsupported';
    const video: MediaTrackConstraints = {
      facingMode: { ideal: 'environment' },
      width: { ideal: WIDTH },
      height: { ideal: HEIGHT },
      frameRate: { ideal: FRAMES_PER_SECOND },
    };
    try {
      return new Camera(await navigator.mediaDevices.getUserMedia({ video, audio: false }));
    } catch (thrown) {
      return problems[(thrown as DOMException).name] ?? 'busy';
    }
  }

  get hasTorch(): boolean {
    return (this.#track.getCapabilities?.() as WithTorch | undefined)?.torch === true;
  }

  /** Switches the light; answers whether it is on now. */
  async light(on: boolean): Promise<boolean> {
    const advanced = [{ torch: on } as MediaTrackConstraintSet];
    return this.#track.applyConstraints({ advanced }).then(
      () => on,
      () => false,
    );
  }

  /** Calls back when the camera is taken away: unplugged, or by a call. */
  onLost(lost: () => void): void {
    this.#track.addEventListener('ended', lost, { once: true });
  }

  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
  }
}

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};
