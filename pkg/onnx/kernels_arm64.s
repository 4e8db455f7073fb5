#include "textflag.h"

// Vector instructions of floats that the assembler has no names for, all for
// four floats: D = N op M (Arm A64 instruction set, FADD … FMUL, vector).
#define FADD4(M, N, D) WORD $(0x4E20D400 | (M)<<16 | (N)<<5 | (D))
#define FMAX4(M, N, D) WORD $(0x4E20F400 | (M)<<16 | (N)<<5 | (D))
#define FMIN4(M, N, D) WORD $(0x4EA0F400 | (M)<<16 | (N)<<5 | (D))
#define FMUL4(M, N, D) WORD $(0x6E20DC00 | (M)<<16 | (N)<<5 | (D))

// D = N / M, -N, N rounded to the nearest integer, the float of the integer N.
#define FDIV4(M, N, D) WORD $(0x6E20FC00 | (M)<<16 | (N)<<5 | (D))
#define FNEG4(N, D) WORD $(0x6EA0F800 | (N)<<5 | (D))
#define FCVTNS4(N, D) WORD $(0x4E21A800 | (N)<<5 | (D))
#define SCVTF4(N, D) WORD $(0x4E21D800 | (N)<<5 | (D))

// HSWISH multiplies register V, number R, by clamp(V/6+1/2, 0, 1). V24 = 1/6, V25 = 1/2,
// V26 = 0, V27 = 1; it overwrites V28.
#define HSWISH(V, R) \
	VMOV V25.B16, V28.B16          \
	VFMLA V24.S4, V.S4, V28.S4  \
	FMAX4(26, 28, 28)              \
	FMIN4(27, 28, 28)              \
	FMUL4(28, R, R)

#define RELU(R) FMAX4(26, R, R)

// AFFINE computes V·scale + shift; scale in V24, shift in V25; it overwrites
// V28.
#define AFFINE(V) \
	VMOV V25.B16, V28.B16          \
	VFMLA V24.S4, V.S4, V28.S4  \
	VMOV V28.B16, V.B16

// ROW adds B·a for one row: lane L of A times V24…V27 to four sums.
#define ROW(A, L, DUP, S0, S1, S2, S3) \
	VDUP  A.S[L], DUP.S4       \
	VFMLA V24.S4, DUP.S4, S0.S4 \
	VFMLA V25.S4, DUP.S4, S1.S4 \
	VFMLA V26.S4, DUP.S4, S2.S4 \
	VFMLA V27.S4, DUP.S4, S3.S4

#define BIAS(S0, S1, S2, S3) \
	VLD1R.P 4(R6), [S0.S4]  \
	VMOV    S0.B16, S1.B16  \
	VMOV    S0.B16, S2.B16  \
	VMOV    S0.B16, S3.B16

#define CONSTANTS \
	VEOR  V26.B16, V26.B16, V26.B16 \
	MOVW  $0x3e2aaaab, R9 \
	VDUP  R9, V24.S4      \
	MOVW  $0x3f000000, R9 \
	VDUP  R9, V25.S4      \
	MOVW  $0x3f800000, R9 \
	VDUP  R9, V27.S4

// func gemmNEON(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)
// The sums of row r are in V(4r)…V(4r+3).
TEXT ·gemmNEON(SB), NOSPLIT, $0-128
	MOVD k+0(FP), R0
	MOVD a_base+8(FP), R1
	MOVD b_base+32(FP), R2
	MOVD c_base+56(FP), R3
	MOVD ldc+80(FP), R4
	MOVD rows+88(FP), R5
	MOVD bias_base+96(FP), R6
	MOVD ep+120(FP), R7
	LSL  $2, R4, R4
	BIAS(V0, V1, V2, V3)
	BIAS(V4, V5, V6, V7)
	BIAS(V8, V9, V10, V11)
	BIAS(V12, V13, V14, V15)
	BIAS(V16, V17, V18, V19)
	BIAS(V20, V21, V22, V23)
	CBZ  R0, activate

loop:
	VLD1.P  64(R2), [V24.S4, V25.S4, V26.S4, V27.S4]
	VLD1.P  16(R1), [V28.S4]
	FMOVD.P 8(R1), F29
	ROW(V28, 0, V30, V0, V1, V2, V3)
	ROW(V28, 1, V31, V4, V5, V6, V7)
	ROW(V28, 2, V30, V8, V9, V10, V11)
	ROW(V28, 3, V31, V12, V13, V14, V15)
	ROW(V29, 0, V30, V16, V17, V18, V19)
	ROW(V29, 1, V31, V20, V21, V22, V23)
	SUB  $1, R0, R0
	CBNZ R0, loop

activate:
	CONSTANTS
	MOVD (R7), R8
	CBZ  R8, affine
	CMP  $1, R8
	BEQ  relu
	HSWISH(V0, 0)
	HSWISH(V1, 1)
	HSWISH(V2, 2)
	HSWISH(V3, 3)
	HSWISH(V4, 4)
	HSWISH(V5, 5)
	HSWISH(V6, 6)
	HSWISH(V7, 7)
	HSWISH(V8, 8)
	HSWISH(V9, 9)
	HSWISH(V10, 10)
	HSWISH(V11, 11)
	HSWISH(V12, 12)
	HSWISH(V13, 13)
	HSWISH(V14, 14)
	HSWISH(V15, 15)
	HSWISH(V16, 16)
	HSWISH(V17, 17)
	HSWISH(V18, 18)
	HSWISH(V19, 19)
	HSWISH(V20, 20)
	HSWISH(V21, 21)
	HSWISH(V22, 22)
	HSWISH(V23, 23)
	B    affine

relu:
	RELU(0)
	RELU(1)
	RELU(2)
	RELU(3)
	RELU(4)
	RELU(5)
	RELU(6)
	RELU(7)
	RELU(8)
	RELU(9)
	RELU(10)
	RELU(11)
	RELU(12)
	RELU(13)
	RELU(14)
	RELU(15)
	RELU(16)
	RELU(17)
	RELU(18)
	RELU(19)
	RELU(20)
	RELU(21)
	RELU(22)
	RELU(23)

affine:
	MOVD 8(R7), R8
	CBZ  R8, store
	ADD  $16, R7, R8
	VLD1R.P 4(R8), [V24.S4]
	VLD1R   (R8), [V25.S4]
	AFFINE(V0)
	AFFINE(V1)
	AFFINE(V2)
	AFFINE(V3)
	AFFINE(V4)
	AFFINE(V5)
	AFFINE(V6)
	AFFINE(V7)
	AFFINE(V8)
	AFFINE(V9)
	AFFINE(V10)
	AFFINE(V11)
	AFFINE(V12)
	AFFINE(V13)
	AFFINE(V14)
	AFFINE(V15)
	AFFINE(V16)
	AFFINE(V17)
	AFFINE(V18)
	AFFINE(V19)
	AFFINE(V20)
	AFFINE(V21)
	AFFINE(V22)
	AFFINE(V23)

#define STORE(S0, S1, S2, S3) \
	VST1 [S0.S4, S1.S4, S2.S4, S3.S4], (R3) \
	ADD  R4, R3, R3 \
	SUB  $1, R5, R5 \
	CBZ  R5, done

store:
	STORE(V0, V1, V2, V3)
	STORE(V4, V5, V6, V7)
	STORE(V8, V9, V10, V11)
	STORE(V12, V13, V14, V15)
	STORE(V16, V17, V18, V19)
	VST1 [V20.S4, V21.S4, V22.S4, V23.S4], (R3)

done:
	RET

// func tapsBlocks(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)
// n is a multiple of 16.
TEXT ·tapsBlocks(SB), NOSPLIT, $0-120
	MOVD  dst_base+0(FP), R0
	MOVD  n+24(FP), R1
	MOVD  src_base+32(FP), R2
	MOVD  ep+112(FP), R7
	FMOVS bias+104(FP), F31
	VDUP  V31.S[0], V31.S4
	CBZ   R1, tapsDone

block:
	MOVD offs_base+56(FP), R3
	MOVD offs_len+64(FP), R4
	MOVD w_base+80(FP), R5
	VMOV V31.B16, V0.B16
	VMOV V31.B16, V1.B16
	VMOV V31.B16, V2.B16
	VMOV V31.B16, V3.B16

tap:
	MOVD.P  8(R3), R6
	ADD     R6<<2, R2, R6
	VLD1    (R6), [V4.S4, V5.S4, V6.S4, V7.S4]
	VLD1R.P 4(R5), [V16.S4]
	VFMLA   V4.S4, V16.S4, V0.S4
	VFMLA   V5.S4, V16.S4, V1.S4
	VFMLA   V6.S4, V16.S4, V2.S4
	VFMLA   V7.S4, V16.S4, V3.S4
	SUB     $1, R4, R4
	CBNZ    R4, tap
	CONSTANTS
	MOVD (R7), R8
	CBZ  R8, tapsAffine
	CMP  $1, R8
	BEQ  tapsRelu
	HSWISH(V0, 0)
	HSWISH(V1, 1)
	HSWISH(V2, 2)
	HSWISH(V3, 3)
	B    tapsAffine

tapsRelu:
	RELU(0)
	RELU(1)
	RELU(2)
	RELU(3)

tapsAffine:
	MOVD 8(R7), R8
	CBZ  R8, tapsStore
	ADD  $16, R7, R8
	VLD1R.P 4(R8), [V24.S4]
	VLD1R   (R8), [V25.S4]
	AFFINE(V0)
	AFFINE(V1)
	AFFINE(V2)
	AFFINE(V3)

tapsStore:
	VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], 64(R0)
	ADD    $64, R2, R2
	SUB    $16, R1, R1
	CBNZ   R1, block

tapsDone:
	RET

// func addBlocks(dst, a, b []float32)
// len(dst) is a multiple of 16.
TEXT ·addBlocks(SB), NOSPLIT, $0-72
	MOVD dst_base+0(FP), R0
	MOVD dst_len+8(FP), R1
	MOVD a_base+24(FP), R2
	MOVD b_base+48(FP), R3
	CBZ  R1, addDone

addLoop:
	VLD1.P 64(R2), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1.P 64(R3), [V4.S4, V5.S4, V6.S4, V7.S4]
	FADD4(4, 0, 0)
	FADD4(5, 1, 1)
	FADD4(6, 2, 2)
	FADD4(7, 3, 3)
	VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], 64(R0)
	SUB    $16, R1, R1
	CBNZ   R1, addLoop

addDone:
	RET

// func affineBlocks(dst, a []float32, scale, shift float32)
// len(dst) is a multiple of 16.
TEXT ·affineBlocks(SB), NOSPLIT, $0-56
	MOVD  dst_base+0(FP), R0
	MOVD  dst_len+8(FP), R1
	MOVD  a_base+24(FP), R2
	FMOVS scale+48(FP), F24
	FMOVS shift+52(FP), F25
	VDUP  V24.S[0], V24.S4
	VDUP  V25.S[0], V25.S4
	CBZ   R1, affineDone

affineLoop:
	VLD1.P 64(R2), [V0.S4, V1.S4, V2.S4, V3.S4]
	AFFINE(V0)
	AFFINE(V1)
	AFFINE(V2)
	AFFINE(V3)
	VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], 64(R0)
	SUB    $16, R1, R1
	CBNZ   R1, affineLoop

affineDone:
	RET

// What geluBlocks needs: -geluReach, geluReach; geluPoly, highest first; -1/ln 2 and
// ln 2 in two parts; the polynomial of e^r, highest first (Cephes expf, as in
// constants_amd64.s); the bias of the exponent.
DATA ·geluTable+0(SB)/4, $0xc0c00000
DATA ·geluTable+4(SB)/4, $0x40c00000
DATA ·geluTable+8(SB)/4, $0x31782995
DATA ·geluTable+12(SB)/4, $0xb48f4982
DATA ·geluTable+16(SB)/4, $0x37052e6a
DATA ·geluTable+20(SB)/4, $0xb8e7b1b1
DATA ·geluTable+24(SB)/4, $0xb88af4fa
DATA ·geluTable+28(SB)/4, $0x3d94d342
DATA ·geluTable+32(SB)/4, $0x3fcc4224
DATA ·geluTable+36(SB)/4, $0xbfb8aa3b
DATA ·geluTable+40(SB)/4, $0x3f318000
DATA ·geluTable+44(SB)/4, $0xb95e8083
DATA ·geluTable+48(SB)/4, $0x39506967
DATA ·geluTable+52(SB)/4, $0x3ab743ce
DATA ·geluTable+56(SB)/4, $0x3c088908
DATA ·geluTable+60(SB)/4, $0x3d2aa9c1
DATA ·geluTable+64(SB)/4, $0x3e2aaaaa
DATA ·geluTable+68(SB)/4, $0x3f000000
DATA ·geluTable+72(SB)/4, $0x3f800000
DATA ·geluTable+76(SB)/4, $0x0000007f
GLOBL ·geluTable(SB), RODATA|NOPTR, $80

// HORNER stores P·X + C in D.
#define HORNER(P, X, C, D) \
	VMOV  C.B16, D.B16      \
	VFMLA P.S4, X.S4, D.S4

// func geluBlocks(dst, a []float32)
// computes a/(1+e^-z), z the logit of Φ(a), see geluGo; len(dst) is a multiple of 4.
TEXT ·geluBlocks(SB), NOSPLIT, $0-48
	MOVD    dst_base+0(FP), R0
	MOVD    dst_len+8(FP), R1
	MOVD    a_base+24(FP), R2
	MOVD    $·geluTable(SB), R3
	VLD1R.P 4(R3), [V12.S4]
	VLD1R.P 4(R3), [V13.S4]
	VLD1R.P 4(R3), [V14.S4]
	VLD1R.P 4(R3), [V15.S4]
	VLD1R.P 4(R3), [V16.S4]
	VLD1R.P 4(R3), [V17.S4]
	VLD1R.P 4(R3), [V18.S4]
	VLD1R.P 4(R3), [V19.S4]
	VLD1R.P 4(R3), [V20.S4]
	VLD1R.P 4(R3), [V21.S4]
	VLD1R.P 4(R3), [V22.S4]
	VLD1R.P 4(R3), [V23.S4]
	VLD1R.P 4(R3), [V24.S4]
	VLD1R.P 4(R3), [V25.S4]
	VLD1R.P 4(R3), [V26.S4]
	VLD1R.P 4(R3), [V27.S4]
	VLD1R.P 4(R3), [V28.S4]
	VLD1R.P 4(R3), [V29.S4]
	VLD1R.P 4(R3), [V30.S4]
	VLD1R   (R3), [V31.S4]
	CBZ     R1, geluDone

geluLoop:
	VLD1.P 16(R2), [V0.S4]
	FMAX4(12, 0, 1)
	FMIN4(13, 1, 2)
	FMUL4(2, 2, 3)
	HORNER(V14, V3, V15, V4)
	HORNER(V4, V3, V16, V5)
	HORNER(V5, V3, V17, V4)
	HORNER(V4, V3, V18, V5)
	HORNER(V5, V3, V19, V4)
	HORNER(V4, V3, V20, V5)
	FMUL4(2, 5, 4)
	FNEG4(4, 7)
	FMUL4(21, 4, 5)
	FCVTNS4(5, 6)
	SCVTF4(6, 5)
	VFMLS  V22.S4, V5.S4, V7.S4
	VFMLS  V23.S4, V5.S4, V7.S4
	HORNER(V24, V7, V25, V4)
	HORNER(V4, V7, V26, V5)
	HORNER(V5, V7, V27, V4)
	HORNER(V4, V7, V28, V5)
	HORNER(V5, V7, V29, V4)
	HORNER(V4, V7, V30, V5)
	HORNER(V5, V7, V30, V4)
	VADD   V31.S4, V6.S4, V6.S4
	VSHL   $23, V6.S4, V6.S4
	FMUL4(6, 4, 4)
	FADD4(30, 4, 4)
	FDIV4(4, 1, 0)
	VST1.P [V0.S4], 16(R0)
	SUB    $4, R1, R1
	CBNZ   R1, geluLoop

geluDone:
	RET
