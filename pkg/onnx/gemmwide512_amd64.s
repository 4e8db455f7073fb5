#include "textflag.h"

// func gemmWideAVX512(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)
// A tile of 12×32: row r in Zr and Z(r+12). The second six rows of a lie k·6 floats
// on, the second 16 columns of b k·16.
TEXT ·gemmWideAVX512(SB), NOSPLIT, $0-128
	MOVQ k+0(FP), CX
	MOVQ a_base+8(FP), SI
	MOVQ b_base+32(FP), DI
	MOVQ c_base+56(FP), DX
	MOVQ ldc+80(FP), R8
	MOVQ rows+88(FP), R9
	MOVQ bias_base+96(FP), R10
	MOVQ ep+120(FP), R11
	SHLQ $2, R8
	LEAQ (CX)(CX*2), R12
	LEAQ (SI)(R12*8), R12 // k·6 floats further
	MOVQ CX, R13
	SHLQ $6, R13
	ADDQ DI, R13          // k·16 floats further

#define BIAS(OFF, P, Q) \
	VBROADCASTSS OFF(R10), P \
	VMOVAPS      P, Q

	BIAS(0, Z0, Z12)
	BIAS(4, Z1, Z13)
	BIAS(8, Z2, Z14)
	BIAS(12, Z3, Z15)
	BIAS(16, Z4, Z16)
	BIAS(20, Z5, Z17)
	BIAS(24, Z6, Z18)
	BIAS(28, Z7, Z19)
	BIAS(32, Z8, Z20)
	BIAS(36, Z9, Z21)
	BIAS(40, Z10, Z22)
	BIAS(44, Z11, Z23)
	TESTQ CX, CX
	JZ    activate

#define ROW(AT, T, P, Q) \
	VBROADCASTSS AT, T      \
	VFMADD231PS  Z24, T, P  \
	VFMADD231PS  Z25, T, Q

	PCALIGN $32
loop:
	VMOVUPS (DI), Z24
	VMOVUPS (R13), Z25
	ROW((SI), Z26, Z0, Z12)
	ROW(4(SI), Z27, Z1, Z13)
	ROW(8(SI), Z28, Z2, Z14)
	ROW(12(SI), Z29, Z3, Z15)
	ROW(16(SI), Z26, Z4, Z16)
	ROW(20(SI), Z27, Z5, Z17)
	ROW((R12), Z28, Z6, Z18)
	ROW(4(R12), Z29, Z7, Z19)
	ROW(8(R12), Z26, Z8, Z20)
	ROW(12(R12), Z27, Z9, Z21)
	ROW(16(R12), Z28, Z10, Z22)
	ROW(20(R12), Z29, Z11, Z23)
	ADDQ    $24, SI
	ADDQ    $24, R12
	ADDQ    $64, DI
	ADDQ    $64, R13
	DECQ    CX
	JNZ     loop

#define EACH(DO) \
	DO(Z0)  \
	DO(Z1)  \
	DO(Z2)  \
	DO(Z3)  \
	DO(Z4)  \
	DO(Z5)  \
	DO(Z6)  \
	DO(Z7)  \
	DO(Z8)  \
	DO(Z9)  \
	DO(Z10) \
	DO(Z11) \
	DO(Z12) \
	DO(Z13) \
	DO(Z14) \
	DO(Z15) \
	DO(Z16) \
	DO(Z17) \
	DO(Z18) \
	DO(Z19) \
	DO(Z20) \
	DO(Z21) \
	DO(Z22) \
	DO(Z23)

// A sum is multiplied with itself / 6 + 1 / 2, held within 0 … 1.
#define HSWISHWIDE(R) \
	VMOVAPS     Z25, Z24      \
	VFMADD231PS R, Z26, Z24   \
	VMAXPS      Z27, Z24, Z24 \
	VMINPS      Z28, Z24, Z24 \
	VMULPS      Z24, R, R

#define RELUWIDE(R) VMAXPS Z27, R, R

#define AFFINEWIDE(R) VFMADD213PS Z25, Z26, R

activate:
	VPXORD Z27, Z27, Z27
	MOVQ   (R11), AX
	CMPQ   AX, $1
	JB     affine
	JEQ    relu
	VBROADCASTSS ·sixth(SB), Z26
	VBROADCASTSS ·half(SB), Z25
	VBROADCASTSS ·ones(SB), Z28
	EACH(HSWISHWIDE)
	JMP    affine

relu:
	EACH(RELUWIDE)

affine:
	CMPQ 8(R11), $0
	JEQ  store
	VBROADCASTSS 16(R11), Z26
	VBROADCASTSS 20(R11), Z25
	EACH(AFFINEWIDE)

#define STOREWIDE(P, Q) \
	VMOVUPS P, (DX)   \
	VMOVUPS Q, 64(DX) \
	ADDQ    R8, DX    \
	DECQ    R9        \
	JZ      done

store:
	STOREWIDE(Z0, Z12)
	STOREWIDE(Z1, Z13)
	STOREWIDE(Z2, Z14)
	STOREWIDE(Z3, Z15)
	STOREWIDE(Z4, Z16)
	STOREWIDE(Z5, Z17)
	STOREWIDE(Z6, Z18)
	STOREWIDE(Z7, Z19)
	STOREWIDE(Z8, Z20)
	STOREWIDE(Z9, Z21)
	STOREWIDE(Z10, Z22)
	VMOVUPS Z11, (DX)
	VMOVUPS Z23, 64(DX)

done:
	VZEROUPPER
	RET
