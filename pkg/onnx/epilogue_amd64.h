// Shared by the AVX2 kernels. HSWISH needs Y13 = 1/6, Y14 = 1/2, Y15 = 0 and
// overwrites Y12.

#define HSWISH_CONSTANTS \
	VBROADCASTSS ·sixth(SB), Y13 \
	VBROADCASTSS ·half(SB), Y14  \
	VXORPS       Y15, Y15, Y15

#define HSWISH(R) \
	VMOVAPS     Y14, Y12            \
	VFMADD231PS R, Y13, Y12         \
	VMAXPS      Y15, Y12, Y12       \
	VMINPS      ·ones(SB), Y12, Y12 \
	VMULPS      Y12, R, R

// MASK sets the mask Y for the first N (1…7) of 8 floats; it overwrites T and
// negates N.
#define MASK(N, T, Y) \
	NEGQ    N               \
	LEAQ    ·masks(SB), T   \
	VMOVUPS 32(T)(N*4), Y
